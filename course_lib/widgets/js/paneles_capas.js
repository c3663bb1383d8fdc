// Varios canales y filtros: lo que entra, lo que aporta cada canal, su suma y los mapas que salen.
import { canal, conv2d, mayor, tensor } from "./conv.js";
import { numero } from "./color.js";
import { Lienzo, celdas, crear, marco, texto } from "./dibujo.js";
import { tramo } from "./geometria.js";
import { figura } from "./figura.js";

export const NOMBRES_RGB = ["rojo", "verde", "azul"];
export const nombreDeCanal = (e, c) => (e.imagen.forma[2] === 3 ? NOMBRES_RGB[c] : `canal ${c}`);

/** Cada fila: un canal, los pesos del filtro para él y lo que aporta al mapa. */
export function panelCanales() {
  const ancho = 700, filas = 4;
  const lienzo = new Lienzo(ancho, 1, "");
  const panel = figura("canal ∗ sus pesos = lo que aporta", lienzo, (e, tema) => {
    const canales = Math.min(filas, e.imagen.forma[2]);
    const s = 130, hueco = 26, alto = canales * (s + hueco);
    lienzo.medir(ancho, alto);
    lienzo.el.setAttribute("aria-label", frase(e, canales));
    const ctx = lienzo.empezar();
    if (e.error) return;
    const aportes = aportesDe(e, canales);
    const limite = Math.max(e.limiteSuma, ...aportes.map((a) => mayor(a.datos)));
    for (let c = 0; c < canales; c++) {
      fila(ctx, e, tema, { c, y: c * (s + hueco) + 20, s, aporte: aportes[c], limite });
    }
    total(ctx, e, tema, { x: ancho - 190, y: alto / 2 - 85, s: 180, limite });
  });
  return panel;
}

function aportesDe(e, canales) {
  const claves = [e.imagen, e.kernel, e.suma, e.filtro];
  return e.recordar("aportes", claves, () =>
    Array.from({ length: canales }, (_, c) =>
      conv2d(e.canalDeImagen(c), e.pesosDe(c, e.filtro), {
        stride: e.stride, padding: e.padding, dilation: e.dilation,
      })));
}

const frase = (e, canales) => e.error || Array.from({ length: canales }, (_, c) =>
  `${nombreDeCanal(e, c)}: ${numero(e.ventana(c).reduce((a, t) => a + t.peso * t.pixel, 0))}`).join("; ") +
  `; suma con el bias: ${numero(e.valor(e.suma))}.`;

function fila(ctx, e, tema, { c, y, s, aporte, limite }) {
  const imagen = e.canalDeImagen(c), pesos = e.pesosDe(c, e.filtro);
  const caja = (t, x) => {
    const celda = s / Math.max(t.forma[0], t.forma[1]);
    return { x: x + (s - t.forma[1] * celda) / 2, y: y + (s - t.forma[0] * celda) / 2, celda, tema };
  };
  const rotulo = (frase, x) => texto(ctx, frase, x + s / 2, y - 11, 300, tema.tinta, 13);
  const a = caja(imagen, 0), b = caja(pesos, 160), r = caja(aporte, 320);
  celdas(ctx, imagen, { ...a, escala: e.escalaImagen, numeros: false });
  celdas(ctx, pesos, { ...b, escala: { limite: mayor(e.kernel.datos) || 1 } });
  celdas(ctx, aporte, { ...r, escala: { limite } });
  rotulo(nombreDeCanal(e, c), 0);
  rotulo("sus pesos", 160);
  rotulo("aporta", 320);
  texto(ctx, "∗", 145, y + s / 2, 40, tema.tinta, 20);
  texto(ctx, "=", 305, y + s / 2, 40, tema.tinta, 20);
  const [v, h] = e.ejes, [y0] = tramo(v, e.fila), [x0] = tramo(h, e.columna);
  const abarca = (eje) => (eje.d * (eje.k - 1) + 1) * a.celda;
  marco(ctx, a.x + x0 * a.celda, a.y + y0 * a.celda, abarca(h), abarca(v), 2);
  marco(ctx, r.x + e.columna * r.celda, r.y + e.fila * r.celda, r.celda, r.celda, 2);
}

function total(ctx, e, tema, { x, y, s, limite }) {
  const [alto, ancho] = e.suma.forma, celda = s / Math.max(alto, ancho);
  const mapa = e.recordar("mapaDelFiltro", [e.suma, e.filtro], () => canal(e.suma, e.filtro));
  texto(ctx, `suma + bias (${numero(e.biasDe(e.filtro))})`, x + s / 2, y - 11, 300, tema.tinta, 13);
  const donde = { x: x + (s - ancho * celda) / 2, y: y + (s - alto * celda) / 2, celda, tema };
  celdas(ctx, mapa, { ...donde, escala: { limite } });
  marco(ctx, donde.x + e.columna * celda, donde.y + e.fila * celda, celda, celda, 2);
}

/** Todos los mapas que salen; cada uno es un botón que elige su filtro. */
export function panelFiltros({ lado, cambiar }) {
  const tira = crear("div", "exp-tira", { role: "group", "aria-label": "Mapas de cada filtro" });
  const rotulo = crear("figcaption", "exp-rotulo", {}, "mapas que salen");
  const el = crear("figure", "exp-panel exp-ancho", {}, rotulo, tira);
  const botones = [];
  const s = Math.round(lado / 2.4);
  const boton = (f) => {
    const lienzo = new Lienzo(s, s, "");
    lienzo.el.setAttribute("aria-hidden", "true");
    const b = crear("button", "exp-mapa", { type: "button" }, lienzo.el, crear("span", "", {}, `filtro ${f}`));
    b.addEventListener("click", () => cambiar("filtro", f));
    tira.append(b);
    return { b, lienzo };
  };
  return {
    el,
    pintar(e, tema) {
      const filtros = e.salida?.forma[2] ?? 0;
      while (botones.length < filtros) botones.push(boton(botones.length));
      while (botones.length > filtros) botones.pop().b.remove();
      rotulo.textContent = `mapas que salen: ${filtros}`;
      botones.forEach(({ b, lienzo }, f) => {
        b.setAttribute("aria-pressed", String(f === e.filtro));
        const ctx = lienzo.empezar(), [alto, ancho] = e.salida.forma, celda = s / Math.max(alto, ancho);
        const donde = { x: (s - ancho * celda) / 2, y: (s - alto * celda) / 2, celda, c: f, tema };
        celdas(ctx, e.salida, { ...donde, escala: { limite: e.limite }, numeros: false });
      });
    },
  };
}

/** Los kernels aprendidos en una época, todos con la misma escala, y la pérdida si se da. */
export function panelEpocas({ lado }) {
  const ancho = 2 * lado, lienzo = new Lienzo(ancho, lado, "");
  return figura("kernels aprendidos", lienzo, (e, tema) => {
    const historia = e.model.get("historia"), ctx = lienzo.empezar();
    if (!historia) return;
    const todo = e.recordar("historia", [historia], () => e.descodificar(historia));
    const [epocas, kh, kw, filtros] = todo.forma;
    const epoca = Math.min(epocas - 1, e.model.get("epoca"));
    const limite = e.recordar("limiteHistoria", [todo], () => mayor(todo.datos) || 1);
    const suyos = e.recordar("epoca", [todo, epoca], () =>
      tensor([kh, kw, filtros], todo.datos.slice(epoca * kh * kw * filtros, (epoca + 1) * kh * kw * filtros)));
    const columnas = Math.ceil(Math.sqrt(2 * filtros)), filas = Math.ceil(filtros / columnas);
    const paso = Math.min(ancho / columnas, lado / filas), celda = (paso - 12) / Math.max(kh, kw);
    for (let f = 0; f < filtros; f++) {
      const x = (f % columnas) * paso + 6, y = Math.floor(f / columnas) * paso + 6;
      celdas(ctx, suyos, { x, y, celda, c: f, escala: { limite }, numeros: celda > 26, tema });
    }
    const perdida = e.model.get("perdidas")?.[epoca];
    const cola = perdida === undefined ? "" : `, pérdida ${numero(perdida)}`;
    const dicho = `${filtros} ${filtros === 1 ? "kernel" : "kernels"} de ${kh}×${kw}, época ${epoca}`;
    lienzo.el.setAttribute("aria-label", `${dicho}${cola}`);
    lienzo.el.previousSibling.textContent = dicho;
  });
}
