// El teclado y los nombres dentro de un cuaderno, también en los deslizadores de al lado.

/** JupyterLab usa letras y flechas como atajos, también dentro de una salida; aquí no llegan. */
export function protegerTeclas(raiz) {
  const guardar = (ev) => {
    const salir = ev.key === "Escape" || (ev.shiftKey && ev.key === "Enter");
    if (!salir && !ev.ctrlKey && !ev.metaKey) ev.stopPropagation();
  };
  raiz.addEventListener("keydown", guardar);
  return () => raiz.removeEventListener("keydown", guardar);
}

/** El asa de un deslizador de ipywidgets no tiene nombre para un lector de pantalla: se le da. */
export function nombrarDeslizadores(cerca) {
  for (const deslizador of cerca.querySelectorAll(".widget-slider:not([data-exp])")) {
    deslizador.dataset.exp = "nombrado";
    protegerTeclas(deslizador);
    const nombre = deslizador.querySelector("label, .widget-label")?.textContent || "deslizador";
    for (const asa of deslizador.querySelectorAll(".noUi-handle")) asa.setAttribute("aria-label", nombre);
  }
}
