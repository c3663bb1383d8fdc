// Da vida a los controles guardados en la página, sin kernel y sin conexión: hace de JupyterLab
// para los módulos de anywidget, para los deslizadores y cajas de ipywidgets y para sus enlaces.
const guardados = JSON.parse(document.getElementById("estado").textContent);
const modelos = {};

class Modelo {
  constructor({ model_name: tipo, state, buffers = [] }) {
    this.tipo = tipo;
    this.estado = state;
    this.oyentes = {};
    for (const { path, data } of buffers) {
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      const padre = path.slice(0, -1).reduce((o, clave) => o[clave], state);
      padre[path.at(-1)] = new DataView(bytes.buffer);
    }
  }

  get(nombre) {
    return this.estado[nombre];
  }

  set(nombre, valor) {
    if (this.estado[nombre] === valor) return;
    this.estado[nombre] = valor;
    for (const aviso of [`change:${nombre}`, "change"]) {
      for (const oyente of [...(this.oyentes[aviso] ?? [])]) oyente();
    }
  }

  on(avisos, oyente) {
    for (const aviso of avisos.split(" ")) (this.oyentes[aviso] ??= []).push(oyente);
  }

  off(avisos, oyente) {
    for (const aviso of avisos.split(" ")) {
      this.oyentes[aviso] = (this.oyentes[aviso] ?? []).filter((o) => o !== oyente);
    }
  }

  widget_manager = { get_model: async (id) => modelos[id] };

  save_changes() {} // aquí no hay a quién contárselo

  send() {}
}

const modelo = (referencia) => modelos[String(referencia).replace("IPY_MODEL_", "")];
const crear = (etiqueta, propiedades = {}, ...hijos) => {
  const el = Object.assign(document.createElement(etiqueta), propiedades);
  el.append(...hijos);
  return el;
};

const estilos = new Set();
async function vistaDeAnywidget(m, el) {
  const css = m.get("_css");
  if (css && !estilos.has(css)) document.head.append(crear("style", { textContent: css }));
  estilos.add(css);
  const direccion = URL.createObjectURL(new Blob([m.get("_esm")], { type: "text/javascript" }));
  const { default: modulo } = await import(direccion);
  await modulo.render({ model: m, el });
}

async function vistaDeCaja(m, el) {
  el.classList.add("caja", m.tipo === "VBoxModel" ? "vertical" : "horizontal");
  for (const hijo of m.get("children")) {
    const sitio = crear("div");
    el.append(sitio);
    await mostrar(modelo(hijo), sitio);
  }
}

/** Sin nadie que lo escuche, moverlo no haría nada: se dice. Se sabe cuando está todo montado. */
const porRevisar = [];
function revisar(m, aviso, mando, el) {
  porRevisar.push(() => {
    if ((m.oyentes[aviso] ?? []).length > 1) return;
    mando.disabled = true;
    el.append(crear("small", { textContent: "Para moverlo hace falta Python: abre este cuaderno en JupyterLab." }));
  });
}

function rotular(m, mando, el, ...resto) {
  el.append(crear("label", { className: "deslizador" }, `${m.get("description")} `, mando, ...resto));
}

function vistaDeDeslizador(m, el) {
  const barra = crear("input", { type: "range", min: m.get("min"), max: m.get("max"), step: m.get("step") });
  const lectura = crear("output");
  const pintar = () => {
    barra.value = m.get("value");
    lectura.textContent = m.get("value");
  };
  rotular(m, barra, el, lectura);
  barra.addEventListener("input", () => m.set("value", Number(barra.value)));
  m.on("change:value", pintar);
  revisar(m, "change:value", barra, el);
  pintar();
}

/** Un deslizador de opciones: la barra recorre sus lugares. */
function vistaDeOpciones(m, el) {
  const opciones = m.get("_options_labels");
  const barra = crear("input", { type: "range", min: 0, max: opciones.length - 1, step: 1 });
  const lectura = crear("output");
  const pintar = () => {
    barra.value = m.get("index");
    lectura.textContent = opciones[m.get("index")];
    barra.setAttribute("aria-valuetext", lectura.textContent);
  };
  rotular(m, barra, el, lectura);
  barra.addEventListener("input", () => m.set("index", Number(barra.value)));
  m.on("change:index", pintar);
  revisar(m, "change:index", barra, el);
  pintar();
}

function vistaDeMenu(m, el) {
  const menu = crear("select");
  menu.append(...m.get("_options_labels").map((texto) => crear("option", { textContent: texto })));
  const pintar = () => (menu.selectedIndex = m.get("index"));
  rotular(m, menu, el);
  menu.addEventListener("change", () => m.set("index", menu.selectedIndex));
  m.on("change:index", pintar);
  revisar(m, "change:index", menu, el);
  pintar();
}

function vistaDeImagen(m, el) {
  const img = crear("img", { alt: "Figura; la describe el texto que sigue" });
  const pintar = () => {
    URL.revokeObjectURL(img.src);
    img.src = URL.createObjectURL(new Blob([m.get("value")], { type: `image/${m.get("format")}` }));
  };
  // El alto se deduce del ancho, que no cambia: la página no salta mientras llega otra imagen.
  img.addEventListener("load", () => (img.style.aspectRatio = `${img.naturalWidth} / ${img.naturalHeight}`));
  el.append(img);
  m.on("change:value", pintar);
  pintar();
}

function vistaDeTexto(m, el) {
  const pintar = () => (el.innerHTML = m.get("value"));
  el.className = "texto";
  m.on("change:value", pintar);
  pintar();
}

const VISTAS = {
  AnyModel: vistaDeAnywidget,
  HBoxModel: vistaDeCaja,
  VBoxModel: vistaDeCaja,
  BoxModel: vistaDeCaja,
  IntSliderModel: vistaDeDeslizador,
  FloatSliderModel: vistaDeDeslizador,
  ImageModel: vistaDeImagen,
  SelectionSliderModel: vistaDeOpciones,
  DropdownModel: vistaDeMenu,
  HTMLModel: vistaDeTexto,
};

async function mostrar(m, el) {
  const vista = m && VISTAS[m.tipo];
  if (vista) await vista(m, el);
  else el.append(crear("small", { textContent: "Este control necesita JupyterLab." }));
}

function enlazar(m) {
  const [[origen, suyo], [destino, otro]] = [m.get("source"), m.get("target")];
  const [a, b] = [modelo(origen), modelo(destino)];
  const llevar = (de, nombre, hasta, nombreDeHasta) => () => hasta.set(nombreDeHasta, de.get(nombre));
  a.on(`change:${suyo}`, llevar(a, suyo, b, otro));
  if (m.tipo === "LinkModel") b.on(`change:${otro}`, llevar(b, otro, a, suyo));
}

for (const [id, guardado] of Object.entries(guardados)) modelos[id] = new Modelo(guardado);
for (const m of Object.values(modelos)) if (["LinkModel", "DirectionalLinkModel"].includes(m.tipo)) enlazar(m);
const montados = [...document.querySelectorAll("[data-modelo]")].map(async (sitio) => {
  const vivo = crear("div");
  try {
    await mostrar(modelo(sitio.dataset.modelo), vivo);
    sitio.replaceChildren(vivo);
  } catch (error) {
    console.error(error); // queda la foto que ya estaba
  }
});
Promise.all(montados).then(() => porRevisar.forEach((mirar) => mirar()));
