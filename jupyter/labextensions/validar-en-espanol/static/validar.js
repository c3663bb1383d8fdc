/* El diálogo del botón «Validate»: nbgrader lo escribe en inglés y no trae traducciones.

   Es una extensión de JupyterLab sin compilar: el objeto de abajo es lo que JupyterLab pide a
   cualquier extensión ya construida. Si nbgrader cambia una frase, esa queda en inglés. */

const FRASES = new Map([
  ["Validation Results", "Resultado de la validación"],
  ["Validation failed", "No se pudo validar"],
  ["Cannot save notebook", "No se pudo guardar el cuaderno. Guárdalo y pulsa Validate otra vez."],
  ["Success! Your notebook passes all the tests.",
    "¡Muy bien! Tu cuaderno pasa todas las pruebas que se ven."],
  ["The following cell failed:", "Esta prueba todavía no pasa:"],
  ["The following cell passed:", "Esta prueba pasa:"],
  ["The source of the following cell has changed, but it should not have!",
    "Has cambiado esta celda de prueba y al calificar no se tendrá en cuenta. Cópiala otra vez del cuaderno original:"],
  ["There was an error running the validate command:",
    "No se pudo ejecutar el cuaderno. Reinicia el kernel, ejecuta todas las celdas y mira dónde se detiene:"],
]);
const TIPO = /^The following \w+ cell has changed to a \w+ cell, but it should not have!$/;
const CORTAS = new Map([
  ["Partial credit; passed some but not all of the tests", "Pasa solo una parte de la prueba."],
  ["You did not provide a response.", "Está sin responder."],
]);

function traducir(dialogo) {
  const textos = document.createTreeWalker(dialogo, NodeFilter.SHOW_TEXT);
  while (textos.nextNode()) {
    const nodo = textos.currentNode;
    const texto = nodo.data.trim();
    // Dentro de <pre> está el código de la prueba, que no se toca, o una de las frases de CORTAS.
    if (nodo.parentElement.closest("pre")) nodo.data = CORTAS.get(texto) ?? nodo.data;
    else if (TIPO.test(texto)) nodo.data = "Has cambiado el tipo de esta celda; debe ser el de antes:";
    else nodo.data = FRASES.get(texto) ?? nodo.data;
  }
}

function activar() {
  // Los diálogos cuelgan directamente de <body>: mirar más adentro costaría en cada tecla.
  new MutationObserver((cambios) => {
    for (const { addedNodes } of cambios) {
      for (const nodo of addedNodes) {
        if (!nodo.matches?.(".nbgrader-ErrorDialog, .nbgrader-SuccessDialog")) continue;
        traducir(nodo);
        // React pinta el título un momento después.
        new MutationObserver(() => traducir(nodo)).observe(nodo, { childList: true, subtree: true });
      }
    }
  }).observe(document.body, { childList: true });
}

const modulo = {
  __esModule: true,
  default: { id: "validar-en-espanol:plugin", autoStart: true, activate: activar },
};
window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB["validar-en-espanol"] = {
  init: () => {},
  get: () => Promise.resolve(() => modulo),
};
