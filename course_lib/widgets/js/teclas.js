// El teclado dentro de un cuaderno.

/** JupyterLab usa letras y flechas como atajos, también dentro de una salida; aquí no llegan. */
export function protegerTeclas(raiz) {
  const guardar = (ev) => {
    const atajo = ev.ctrlKey || ev.metaKey || ev.key === "Escape" || (ev.shiftKey && ev.key === "Enter");
    if (!atajo) ev.stopPropagation();
  };
  raiz.addEventListener("keydown", guardar);
  return () => raiz.removeEventListener("keydown", guardar);
}
