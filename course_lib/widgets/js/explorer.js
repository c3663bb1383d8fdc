// El explorador: monta los paneles y controles que pide Python y los repinta cuando algo cambia.
import { crearControl, panelKernel } from "./controles.js";
import { crear } from "./dibujo.js";
import { Estado } from "./estado.js";
import { subirFoto } from "./foto.js";
import { panelCurva, panelCampo } from "./paneles_curva.js";
import { panelCanales, panelEpocas, panelFiltros } from "./paneles_capas.js";
import { panelImagen, panelMapa, panelProductos } from "./paneles.js";
import { panelPooling } from "./panel_pooling.js";
import { crearAnimacion } from "./animacion.js";
import { nombrarDeslizadores, protegerTeclas } from "./teclas.js";
import { cuenta, frase, tamano } from "./textos.js";

const PANELES = {
  imagen: panelImagen, kernel: panelKernel, productos: panelProductos, mapa: panelMapa,
  pooling: panelPooling, curva: panelCurva, canales: panelCanales, filtros: panelFiltros,
  epocas: panelEpocas, campo: panelCampo,
};
const TEXTOS = { cuenta: (e) => [cuenta(e)], tamano };

function render({ model, el }) {
  const raiz = crear("section", "exp", { "aria-label": model.get("titulo") || "Explorador de la convolución" });
  const explorador = new Explorador(model, raiz);
  el.append(raiz);
  const quitar = explorador.escuchar();
  explorador.pintar();
  return quitar;
}

class Explorador {
  constructor(model, raiz) {
    this.model = model;
    this.raiz = raiz;
    this.estado = new Estado(model, () => this.pedir());
    this.estado.frase = () => frase(this.estado);
    this.estado.leer();
    this.cambiar = this.cambiar.bind(this);
    this.montar();
  }

  montar() {
    const { model, estado, cambiar } = this, nombres = model.get("controles") ?? [];
    const util = {
      model, estado, cambiar, lado: model.get("lado"),
      alPosar: (lienzo, donde) => this.alPosar(lienzo, donde), teclas: (ev) => this.teclas(ev),
    };
    const zona = crear("div", "exp-controles"), paneles = crear("div", "exp-paneles");
    this.animacion = nombres.includes("animar") ? crearAnimacion(util) : null;
    this.piezas = nombres.map((n) => crearControl(n, util)).filter(Boolean);
    zona.append(...this.piezas.map((p) => p.el));
    if (this.animacion) zona.append(this.animacion.el);
    if (nombres.includes("subir")) zona.append(subirFoto(util));
    if (this.animacion) this.piezas.push(this.animacion);
    for (const nombre of model.get("paneles") ?? []) {
      const pieza = PANELES[nombre] ? PANELES[nombre](util) : this.texto(nombre);
      this.piezas.push(pieza);
      paneles.append(pieza.el);
    }
    this.dicho = crear("p", "exp-dicho", { role: "status", "aria-live": "polite" });
    const titulo = model.get("titulo");
    this.raiz.append(...(titulo ? [crear("h4", "exp-titulo", {}, titulo)] : []), zona, paneles, this.dicho);
  }

  /** Un renglón (o dos) de texto con sitio fijo. */
  texto(nombre) {
    const el = crear("div", `exp-texto exp-${nombre}`);
    return { el, pintar: (e) => el.replaceChildren(...TEXTOS[nombre](e).map((t) => crear("div", "", {}, t))) };
  }

  cambiar(trait, valor) {
    this.model.set(trait, valor);
    if (trait === "preset") this.elegirDelMenu("kernels", valor, "kernel");
    else if (trait === "kernel" && this.model.get("preset")) this.model.set("preset", "");
    if (trait === "foto") this.elegirDelMenu("imagenes", valor, "imagen");
    this.model.save_changes();
  }

  elegirDelMenu(menu, valor, destino) {
    const elegido = this.model.get(menu)?.[valor];
    if (elegido && elegido !== this.model.get(destino)) this.model.set(destino, elegido);
    this.pedir(); // un `set` dentro de otro deja al modelo sin avisar de su cambio
  }

  /** Como mucho un repintado por fotograma: lo que la mano adelanta no se amontona. */
  pedir() {
    if (this.pedido) return;
    this.pedido = requestAnimationFrame(() => {
      this.pedido = null;
      this.pintar();
    });
  }

  pintar() {
    const e = this.estado.leer(), estilo = getComputedStyle(this.raiz);
    const tema = Object.fromEntries(["tinta", "linea", "suave", "fondo", "acento"].map((n) =>
      [n, estilo.getPropertyValue(`--exp-${n}`).trim()]));
    for (const pieza of this.piezas) pieza.pintar(e, tema);
    const dicho = frase(e);
    if (this.dicho.textContent !== dicho) this.dicho.textContent = dicho;
    this.dicho.classList.toggle("exp-error", Boolean(e.model.get("aviso") || e.error));
  }

  alPosar(lienzo, donde) {
    const mover = (ev) => {
      const celda = donde(this.estado, ...lienzo.punto(ev));
      if (celda) this.ir(...celda);
    };
    lienzo.el.addEventListener("pointermove", mover);
    lienzo.el.addEventListener("pointerdown", mover);
  }

  ir(fila, columna) {
    const { anchoMapa, total } = this.estado, alto = total / anchoMapa;
    const dentro = (v, n) => Math.max(0, Math.min(n - 1, v));
    const posicion = dentro(fila, alto) * anchoMapa + dentro(columna, anchoMapa);
    if (posicion !== this.model.get("posicion")) this.cambiar("posicion", posicion);
  }

  teclas(ev) {
    const { anchoMapa, total } = this.estado;
    // Del modelo y no de lo pintado: dos teclas pueden llegar en el mismo fotograma.
    const posicion = Math.min(this.model.get("posicion"), total - 1);
    const fila = Math.floor(posicion / anchoMapa), columna = posicion % anchoMapa;
    const pasos = {
      ArrowUp: [fila - 1, columna], ArrowDown: [fila + 1, columna],
      ArrowLeft: [fila, columna - 1], ArrowRight: [fila, columna + 1],
      Home: [fila, 0], End: [fila, anchoMapa - 1],
    };
    if (!pasos[ev.key] || ev.ctrlKey || ev.metaKey || ev.altKey) return;
    ev.preventDefault();
    this.ir(...pasos[ev.key]);
  }

  escuchar() {
    const alCambiar = () => this.pedir();
    this.model.on("change", alCambiar);
    // El mapa que llega de Python se pinta al llegar: esperar al fotograma sería esperar dos veces.
    const alLlegar = () => this.pintar();
    this.model.on("change:resultado", alLlegar);
    // Un menú de ipywidgets enlazado a `preset` o `foto` también elige aquí, sin pasar por Python.
    const alElegir = () => this.elegirDelMenu("kernels", this.model.get("preset"), "kernel");
    const alElegirFoto = () => this.elegirDelMenu("imagenes", this.model.get("foto"), "imagen");
    this.model.on("change:preset", alElegir);
    this.model.on("change:foto", alElegirFoto);
    const protegidas = protegerTeclas(this.raiz);
    // Al entrar en la página se conocen por fin los colores del tema; y el zoom cambia la nitidez.
    const medida = new ResizeObserver(() => {
      nombrarDeslizadores(this.raiz.closest(".jp-OutputArea") ?? document.body);
      alCambiar();
    });
    medida.observe(this.raiz);
    const tema = new MutationObserver(alCambiar);
    tema.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
    window.addEventListener("resize", alCambiar);
    return () => {
      this.model.off("change", alCambiar);
      this.model.off("change:resultado", alLlegar);
      this.model.off("change:preset", alElegir);
      this.model.off("change:foto", alElegirFoto);
      protegidas();
      tema.disconnect();
      medida.disconnect();
      window.removeEventListener("resize", alCambiar);
      this.animacion?.parar();
      cancelAnimationFrame(this.pedido);
    };
  }
}

export default { render };
