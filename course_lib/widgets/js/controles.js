// Controles nativos, con su nombre: el teclado, el foco y el lector de pantalla vienen de serie.
import { conSigno, numero, tinta } from "./color.js";
import { mayor } from "./conv.js";
import { crear } from "./dibujo.js";

const RANGOS = {
  posicion: { nombre: "posición", minimo: 0, maximo: (e) => e.total - 1 },
  stride: { nombre: "stride", minimo: 1, maximo: () => 4 },
  dilation: { nombre: "dilation", minimo: 1, maximo: () => 4 },
  bias: { nombre: "bias", minimo: -4, maximo: () => 4, paso: 0.1 },
  pool_size: { nombre: "ventana del pooling", minimo: 1, maximo: () => 4 },
  filtro: { nombre: "filtro", minimo: 0, maximo: (e) => (e.salida?.forma[2] ?? 1) - 1 },
  canal: { nombre: "canal", minimo: 0, maximo: (e) => e.imagen.forma[2] - 1 },
  velocidad: { nombre: "paradas por segundo", minimo: 1, maximo: () => 30 },
  epoca: { nombre: "época", minimo: 0, maximo: (e) => (e.model.get("historia")?.forma[0] ?? 1) - 1 },
  profundidad: { nombre: "capas", minimo: 1, maximo: (e) => e.model.get("capas")?.length ?? 1 },
};

const MENUS = {
  padding: { nombre: "padding", opciones: () => ["valid", "same", "0", "1", "2", "3"] },
  activation: {
    nombre: "activación",
    opciones: () => [["", "ninguna"], "relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh", "softplus"],
  },
  pooling: { nombre: "pooling", opciones: () => [["", "ninguno"], ["max", "máximo"], ["avg", "media"]] },
  preset: {
    nombre: "kernel",
    opciones: (m) => [["", "a mano"], ...Object.keys(m.get("kernels") ?? {})],
  },
  foto: {
    nombre: "imagen",
    opciones: (m) => [["", "otra"], ...Object.keys(m.get("imagenes") ?? {})],
  },
};

export function crearControl(nombre, herramientas) {
  if (RANGOS[nombre]) return controlRango(nombre, RANGOS[nombre], herramientas);
  if (MENUS[nombre]) return controlMenu(nombre, MENUS[nombre], herramientas);
  return null;
}

function controlRango(trait, { nombre, minimo, maximo, paso = 1 }, { model, cambiar, estado }) {
  const barra = crear("input", "exp-barra", { type: "range", min: minimo, step: paso });
  const lectura = crear("output", "exp-lectura");
  const el = crear("label", "exp-control", {}, crear("span", "", {}, nombre), barra, lectura);
  const leer = () => (trait === "bias" ? estado.biasDe(estado.filtro) : model.get(trait));
  barra.addEventListener("input", () => {
    const valor = Number(barra.value);
    cambiar(trait, trait === "bias" ? biasCon(model.get("bias"), estado.filtro, valor) : valor);
  });
  return {
    el,
    pintar(e) {
      // Un valor puesto desde Python puede pasar del tope habitual: la barra se alarga con él.
      barra.max = Math.max(maximo(e), trait === "posicion" ? 0 : leer());
      barra.value = leer();
      const leido = trait === "posicion" ? `${e.posicion + 1} de ${e.total}` : numero(leer());
      lectura.textContent = leido;
      barra.setAttribute("aria-valuetext", leido);
    },
  };
}

function biasCon(bias, filtro, valor) {
  return Array.isArray(bias) ? bias.map((b, f) => (f === filtro ? valor : b)) : valor;
}

function controlMenu(trait, { nombre, opciones }, { model, cambiar }) {
  const menu = crear("select", "exp-menu");
  const el = crear("label", "exp-control", {}, crear("span", "", {}, nombre), menu);
  const poner = (v, texto = v) => menu.append(crear("option", "", { value: v }, texto));
  opciones(model).forEach((o) => (Array.isArray(o) ? poner(...o) : poner(o)));
  menu.addEventListener("change", () => {
    const v = menu.value;
    cambiar(trait, trait === "padding" && /^\d+$/.test(v) ? Number(v) : v || (trait in VACIOS ? "" : null));
  });
  return {
    el,
    pintar() {
      const valor = model.get(trait), texto = valor === null ? "" : String(valor);
      if (![...menu.options].some((o) => o.value === texto)) poner(texto);
      menu.value = texto;
    },
  };
}

const VACIOS = { preset: true, foto: true };

/** La cuadrícula de pesos: se escribe en ella o se arrastra cada peso arriba y abajo. */
export function panelKernel({ lado, estado, cambiar }) {
  const rejilla = crear("div", "exp-pesos", { role: "group", "aria-label": "Pesos del kernel" });
  rejilla.style.width = rejilla.style.height = `${lado}px`;
  const rotulo = crear("figcaption", "exp-rotulo", {}, "kernel");
  const el = crear("figure", "exp-panel", {}, rotulo, rejilla);
  let celdas = [], forma = "";
  const poner = (t, valor) => cambiar("kernel", conPeso(estado, t, valor));
  const rehacer = (kh, kw) => {
    celdas = Array.from({ length: kh * kw }, (_, t) => celdaDePeso(t, kw, poner));
    const paso = Math.min(lado / Math.max(kh, kw), 84);
    rejilla.style.gridTemplate = `repeat(${kh}, ${paso}px) / repeat(${kw}, ${paso}px)`;
    rejilla.style.fontSize = `${Math.max(9, Math.min(16, paso / 3.2))}px`;
    rejilla.replaceChildren(...celdas);
  };
  return {
    el,
    pintar(e) {
      const [kh, kw, entran, salen] = e.kernel.forma, pesos = e.pesosDe(Math.min(e.canal, entran - 1), e.filtro).datos;
      if (forma !== (forma = `${kh}×${kw}`)) rehacer(kh, kw);
      rotulo.textContent = "kernel" + (salen > 1 ? ` del filtro ${e.filtro}` : "") + (entran > 1 ? `, canal ${e.canal}` : "");
      const limite = mayor(e.kernel.datos) || 1;
      celdas.forEach((celda, t) => pintarPeso(celda, pesos[t], limite));
    },
  };
}

function pintarPeso(celda, peso, limite) {
  const color = conSigno(peso, limite);
  celda.style.background = `rgb(${color})`;
  celda.style.color = tinta(color);
  // Mientras se escribe, lo que hay en la celda es de quien escribe.
  const activa = celda.getRootNode().activeElement === celda && !celda.arrastrando;
  if (!activa || Number(celda.value) !== peso) celda.value = String(Math.round(peso * 1000) / 1000);
}

function conPeso(e, t, valor) {
  const { forma, datos } = e.kernel, [, , entran, salen] = forma, copia = Array.from(datos);
  copia[(t * entran + Math.min(e.canal, entran - 1)) * salen + e.filtro] = valor;
  return { forma: e.model.get("kernel").forma, tipo: "lista", datos: copia };
}

function celdaDePeso(t, kw, poner) {
  const nombre = `peso ${t + 1}: fila ${Math.floor(t / kw)}, columna ${t % kw}`;
  const celda = crear("input", "exp-peso", { type: "number", step: "any", "aria-label": nombre });
  celda.addEventListener("input", () => {
    if (celda.value !== "" && Number.isFinite(Number(celda.value))) poner(t, Number(celda.value));
  });
  let desde = null;
  celda.addEventListener("pointerdown", (ev) => {
    desde = { y: ev.clientY, valor: Number(celda.value) };
    celda.setPointerCapture(ev.pointerId);
  });
  celda.addEventListener("pointermove", (ev) => {
    if (!desde || (!celda.arrastrando && Math.abs(ev.clientY - desde.y) < 4)) return;
    celda.arrastrando = true;
    poner(t, Math.round((desde.valor + (desde.y - ev.clientY) * 0.05) * 10) / 10);
  });
  const soltar = () => {
    desde = null;
    celda.arrastrando = false;
  };
  for (const fin of ["pointerup", "pointercancel"]) celda.addEventListener(fin, soltar);
  return celda;
}
