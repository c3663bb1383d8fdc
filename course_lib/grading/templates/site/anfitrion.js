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

  on(aviso, oyente) {
    (this.oyentes[aviso] ??= []).push(oyente);
  }

  off(aviso, oyente) {
    this.oyentes[aviso] = (this.oyentes[aviso] ?? []).filter((o) => o !== oyente);
  }

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

function vistaDeDeslizador(m, el) {
  const barra = crear("input", { type: "range", min: m.get("min"), max: m.get("max"), step: m.get("step") });
  const lectura = crear("output");
  const pintar = () => {
    barra.value = m.get("value");
    lectura.textContent = m.get("value");
  };
  el.append(crear("label", { className: "deslizador" }, `${m.get("description")} `, barra, lectura));
  barra.addEventListener("input", () => m.set("value", Number(barra.value)));
  // Sin un enlace que lo escuche, moverlo no haría nada: se dice.
  if (!(m.oyentes["change:value"] ?? []).length) {
    barra.disabled = true;
    el.append(crear("small", { textContent: "Para moverlo, abre este cuaderno en JupyterLab." }));
  }
  m.on("change:value", pintar);
  pintar();
}

function vistaDeImagen(m, el) {
  const bytes = m.get("value"), foto = new Blob([bytes], { type: `image/${m.get("format")}` });
  el.append(crear("img", { src: URL.createObjectURL(foto), alt: "Figura; la describe el texto que sigue" }));
}

const VISTAS = {
  AnyModel: vistaDeAnywidget,
  HBoxModel: vistaDeCaja,
  VBoxModel: vistaDeCaja,
  BoxModel: vistaDeCaja,
  IntSliderModel: vistaDeDeslizador,
  FloatSliderModel: vistaDeDeslizador,
  ImageModel: vistaDeImagen,
  HTMLModel: (m, el) => (el.innerHTML = m.get("value")),
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
for (const sitio of document.querySelectorAll("[data-modelo]")) {
  const vivo = crear("div");
  mostrar(modelo(sitio.dataset.modelo), vivo).then(
    () => sitio.replaceChildren(vivo),
    (error) => console.error(error), // queda la foto que ya estaba
  );
}
