// «Predice, luego ejecuta»: una pregunta con botones de radio nativos; contesta también sin kernel.
import { crear } from "./dibujo.js";
import { protegerTeclas } from "./teclas.js";

function render({ model, el }) {
  // Cada widget carga su propia copia de este módulo: una cuenta daría el mismo grupo a todas las
  // preguntas de la página, y marcar en una desmarcaría las demás.
  const grupo = `exp-pregunta-${Math.random().toString(36).slice(2)}`;
  const legend = crear("legend", "", {}, crear("b", "", {}, "🤔 Predice: "), model.get("pregunta"));
  const raiz = crear("fieldset", "exp exp-pregunta", {}, legend);
  const radios = model.get("orden").map((texto) => {
    const radio = crear("input", "", { type: "radio", name: grupo, value: texto });
    raiz.append(crear("label", "exp-opcion", {}, radio, crear("span", "", {}, texto)));
    radio.addEventListener("change", () => mandar("elegida", texto));
    return radio;
  });
  const boton = crear("button", "exp-boton exp-comprobar", { type: "button" }, "Comprobar");
  const explicacion = crear("p", "exp-explicacion", { role: "status", "aria-live": "polite" });
  raiz.append(boton, explicacion);
  el.append(raiz);

  const mandar = (trait, valor) => {
    model.set(trait, valor);
    model.save_changes();
  };
  boton.addEventListener("click", () => mandar("respuesta", model.get("elegida")));
  const pintar = () => {
    const elegida = model.get("elegida"), respuesta = model.get("respuesta");
    radios.forEach((radio) => (radio.checked = radio.value === elegida));
    boton.disabled = elegida === null;
    // La explicación de otra opción no dice nada de la que está marcada ahora.
    const contestada = respuesta !== null && respuesta === elegida;
    explicacion.replaceChildren(...(contestada ? explicar(model, respuesta) : []));
  };
  model.on("change", pintar);
  const soltar = protegerTeclas(raiz);
  pintar();
  return () => {
    model.off("change", pintar);
    soltar();
  };
}

function explicar(model, respuesta) {
  const bien = respuesta === model.get("correcta");
  const marca = crear("b", bien ? "exp-bien" : "exp-mal", {}, bien ? "✔ Sí. " : "✘ Todavía no. ");
  return [marca, model.get("opciones")[respuesta]];
}

export default { render };
