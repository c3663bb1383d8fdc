// La curva de activación, con los valores del mapa encima, y el campo receptivo capa a capa.
import { ACTIVACIONES } from "./conv.js";
import { conSigno, numero } from "./color.js";
import { AMARILLO, Lienzo, celdas, marco, texto } from "./dibujo.js";
import { figura } from "./figura.js";

const MUESTRAS = 400;

export function panelCurva({ lado }) {
  const ancho = Math.round(lado * 1.25), lienzo = new Lienzo(ancho, lado, "");
  return figura("activación", lienzo, (e, tema) => {
    const ctx = lienzo.empezar();
    if (!e.suma) return;
    const f = ACTIVACIONES[e.activation] ?? ((x) => x), limite = e.limiteSuma * 1.1;
    const ys = [f(-limite), f(0), f(limite), 0];
    const [abajo, arriba] = [Math.min(...ys), Math.max(...ys)], alto = arriba - abajo || 1;
    const X = (x) => 26 + ((x + limite) / (2 * limite)) * (ancho - 40);
    const Y = (y) => lado - 24 - ((y - abajo) / alto) * (lado - 48);
    ejesDeLaCurva(ctx, { X, Y, limite, abajo, arriba, tema });
    puntos(ctx, e, f, X, Y);
    trazar(ctx, f, limite, X, Y, tema);
    const x = e.valor(e.suma), y = f(x);
    senalar(ctx, X, Y, x, y, tema);
    const nombre = e.activation ?? "sin activación";
    lienzo.el.setAttribute("aria-label", `${nombre}: de ${numero(x)} a ${numero(y)}`);
    lienzo.el.previousSibling.textContent = `${nombre}: ${numero(x)} → ${numero(y)}`;
  });
}

function ejesDeLaCurva(ctx, { X, Y, limite, abajo, arriba, tema }) {
  ctx.strokeStyle = tema.linea;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(X(-limite), Y(0));
  ctx.lineTo(X(limite), Y(0));
  ctx.moveTo(X(0), Y(abajo));
  ctx.lineTo(X(0), Y(arriba));
  ctx.stroke();
  const cero = Math.min(Y(0) + 13, Y(abajo) + 13);
  texto(ctx, numero(-limite, limite), X(-limite) + 10, cero, 90, tema.tinta, 12);
  texto(ctx, numero(limite), X(limite) - 12, cero, 90, tema.tinta, 12);
  texto(ctx, numero(arriba, arriba - abajo), X(0) + 18, Y(arriba) - 10, 90, tema.tinta, 12);
}

function trazar(ctx, f, limite, X, Y, tema) {
  ctx.beginPath();
  for (let i = 0; i <= 120; i++) {
    const x = -limite + (2 * limite * i) / 120;
    ctx.lineTo(X(x), Y(f(x)));
  }
  ctx.strokeStyle = tema.acento;
  ctx.lineWidth = 2.5;
  ctx.stroke();
}

/** Los valores del mapa (o una muestra) caen desde el eje hasta la curva. */
function puntos(ctx, e, f, X, Y) {
  const { datos, forma } = e.suma, total = datos.length / forma[2];
  const paso = Math.max(1, Math.floor(total / MUESTRAS));
  for (let i = 0; i < total; i += paso) {
    const x = datos[i * forma[2] + e.filtro];
    ctx.fillStyle = `rgb(${conSigno(x, e.limiteSuma)})`;
    ctx.strokeStyle = "#0009";
    ctx.lineWidth = 0.6;
    ctx.beginPath();
    ctx.arc(X(x), Y(f(x)), 4, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
}

function senalar(ctx, X, Y, x, y, tema) {
  ctx.setLineDash([4, 3]);
  ctx.strokeStyle = tema.tinta;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.moveTo(X(x), Y(0));
  ctx.lineTo(X(x), Y(y));
  ctx.lineTo(X(0), Y(y));
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(X(x), Y(y), 6.5, 0, 2 * Math.PI);
  ctx.fillStyle = AMARILLO;
  ctx.fill();
  ctx.strokeStyle = "#000";
  ctx.lineWidth = 2;
  ctx.stroke();
}

export function panelCampo({ lado, alPosar, teclas }) {
  const s = Math.round(lado * 0.85), hueco = 30, maximo = 4;
  const lienzo = new Lienzo(maximo * (s + hueco) - hueco, s + 30, "");
  const panel = figura("campo receptivo", lienzo, (e, tema) => {
    const ctx = lienzo.empezar(), torre = e.pila, vistas = e.regiones;
    const tamanos = [e.imagen.forma.slice(0, 2), ...torre.ejes.map((par) => par.map((x) => x.salida))];
    // Si no caben todas las capas, la imagen se queda: es en ella donde se mide el campo.
    const desde = Math.max(0, tamanos.length - maximo);
    lienzo.el.setAttribute("aria-label", `Con las flechas se mueve el píxel. ${e.frase()}`);
    tamanos.slice(desde).forEach((_, i) => {
      const nivel = i && desde + i, tamano = tamanos[nivel], x = i * (s + hueco), celda = s / Math.max(...tamano);
      const titulo = nivel ? `capa ${nivel}: ${tamano.join("×")}` : `imagen: ${tamano.join("×")}`;
      texto(ctx, titulo, x + s / 2, 12, 300, tema.tinta, 13);
      piso(ctx, e, tema, { tamano, nivel, x, y: 26, celda, region: vistas[nivel] });
    });
  });
  lienzo.el.tabIndex = 0;
  lienzo.el.setAttribute("role", "application");
  lienzo.el.addEventListener("keydown", teclas);
  alPosar(lienzo, (e, px, py) => {
    const niveles = Math.min(maximo, e.pila.ejes.length + 1), x = (niveles - 1) * (s + hueco);
    const celda = s / Math.max(...e.pila.tamano);
    return [Math.floor((py - 26) / celda), Math.floor((px - x) / celda)];
  });
  panel.el.classList.add("exp-ancho");
  return panel;
}

function piso(ctx, e, tema, { tamano: [alto, ancho], nivel, x, y, celda, region: [[a, b], [c, d]] }) {
  if (nivel === 0) {
    const color = e.imagen.forma[2] === 3 ? "color" : 0;
    celdas(ctx, e.imagen, { x, y, celda, c: color, escala: e.escalaImagen, numeros: false, tema });
  } else {
    ctx.fillStyle = tema.suave;
    ctx.fillRect(x, y, ancho * celda, alto * celda);
    ctx.strokeStyle = tema.linea;
    ctx.lineWidth = celda < 4 ? 0.3 : 1;
    for (let i = 0; i <= alto; i++) ctx.strokeRect(x, y + i * celda, ancho * celda, 0);
    for (let j = 0; j <= ancho; j++) ctx.strokeRect(x + j * celda, y, 0, alto * celda);
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(x - 3, y - 3, ancho * celda + 6, alto * celda + 6);
  ctx.clip();
  ctx.fillStyle = `${AMARILLO}66`;
  const caja = [x + c * celda, y + a * celda, (d - c + 1) * celda, (b - a + 1) * celda];
  ctx.fillRect(...caja);
  marco(ctx, ...caja, 2.5);
  ctx.restore();
}
