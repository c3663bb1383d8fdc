// Enseña los fotogramas guardados de una figura viva donde no hay Python que la dibuje.
async function render({ model, el }) {
  el.style.display = "none";
  const buscar = (referencia) => model.widget_manager.get_model(String(referencia).replace("IPY_MODEL_", ""));
  const controles = await Promise.all(model.get("controles").map(buscar));
  const [imagen, texto] = await Promise.all([model.get("imagen"), model.get("texto")].map(buscar));
  let vivo = false;
  model.on("msg:custom", () => (vivo = true));
  model.send({ hay: "alguien" });
  const mirar = () => {
    const valores = model.get("valores"), fotogramas = model.get("fotogramas");
    if (vivo || !fotogramas.length) return;
    const lugares = controles.map((c, i) => cercano(valores[i], elegido(c)));
    const exacto = lugares.every((n, i) => Math.abs(valores[i][n] - elegido(controles[i])) < 1e-6);
    const n = lugares.reduce((total, lugar, i) => total * valores[i].length + lugar, 0);
    const nota = exacto ? "" : " (Sin Python se ve el valor guardado más cercano.)";
    imagen.set("value", fotogramas[n][0]);
    texto.set("value", parrafo(fotogramas[n][1] + nota));
  };
  for (const suyo of controles) suyo.on("change:value change:index", mirar);
  return () => controles.forEach((suyo) => suyo.off("change:value change:index", mirar));
}

/** Lo que marca un control: su número o, en un menú, el lugar de la opción. */
export function elegido(control) {
  const indice = control.get("index");
  return indice ?? control.get("value");
}

/** Dónde está, entre los guardados, el más parecido. */
export function cercano(guardados, valor) {
  const lejos = guardados.map((v) => Math.abs(v - valor));
  return lejos.indexOf(Math.min(...lejos));
}

function parrafo(frase) {
  const p = document.createElement("p");
  p.setAttribute("aria-live", "polite");
  p.textContent = frase;
  return p.outerHTML;
}

export default { render };
