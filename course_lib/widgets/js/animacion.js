// Reproducir, parar y paso a paso: la ventana recorre la imagen sola.
import { crear } from "./dibujo.js";

// Trazos propios: los símbolos de los reproductores faltan en muchas tipografías.
const ICONOS = {
  inicio: "M3 3h2v10H3zM13 3v10L6 8z",
  atras: "M11 3v10L4 8z",
  andar: "M4 2.5v11L13 8z",
  parar: "M4 3h3v10H4zM9 3h3v10H9z",
  adelante: "M5 3v10l7-5z M3 3h1v10H3z",
};

function icono(nombre) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const trazo = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  trazo.setAttribute("d", ICONOS[nombre]);
  svg.append(trazo);
  return svg;
}

export function crearAnimacion({ model, estado, cambiar }) {
  const el = crear("div", "exp-botones", { role: "group", "aria-label": "Animación" });
  // En la vista de las épocas lo que avanza es el entrenamiento, no la ventana.
  const trait = model.get("historia") ? "epoca" : "posicion";
  const total = () => (trait === "epoca" ? model.get("historia").forma[0] : estado.total);
  const boton = (dibujo, nombre, alPulsar) => {
    const b = crear("button", "exp-boton", { type: "button", "aria-label": nombre, title: nombre }, icono(dibujo));
    b.addEventListener("click", alPulsar);
    el.append(b);
    return b;
  };
  const avanzar = (paso) => {
    const n = total();
    cambiar(trait, (model.get(trait) + paso + n) % n);
  };
  const parado = (accion) => () => {
    if (model.get("reproduciendo")) cambiar("reproduciendo", false);
    accion();
  };
  boton("inicio", "Volver al principio", parado(() => cambiar(trait, 0)));
  boton("atras", "Un paso atrás", parado(() => avanzar(-1)));
  const marcha = boton("andar", "", () => cambiar("reproduciendo", !model.get("reproduciendo")));
  boton("adelante", "Un paso adelante", parado(() => avanzar(1)));
  let reloj = null, ritmo = 0;
  const parar = () => {
    clearInterval(reloj);
    reloj = null;
  };
  const tic = () => (document.contains(el) ? avanzar(1) : parar());
  return {
    el,
    parar,
    pintar() {
      const andando = Boolean(model.get("reproduciendo")), velocidad = model.get("velocidad");
      marcha.replaceChildren(icono(andando ? "parar" : "andar"));
      const nombre = andando ? "Parar" : "Reproducir";
      marcha.setAttribute("aria-label", nombre);
      marcha.title = nombre;
      if (reloj && (!andando || ritmo !== velocidad)) parar();
      if (andando && !reloj) {
        ritmo = velocidad;
        reloj = setInterval(tic, 1000 / velocidad);
      }
    },
  };
}
