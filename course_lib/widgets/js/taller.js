// Un hilo aparte para las cuentas largas: la mano nunca espera al kernel grande.
import { conv2d } from "./conv.js";

// A unos 300 millones de productos por segundo, lo que cabe en un fotograma sin que se note.
const MUCHAS_CUENTAS = 6e6;
let hilo = null, pendiente = null, ocupado = false, avisar = null;

function arrancar() {
  // FUENTE_DE_LA_ARITMETICA la pone Python al montar el módulo: geometria.js y conv.js.
  const programa = `${FUENTE_DE_LA_ARITMETICA}
    onmessage = ({ data: [imagen, kernel, opciones] }) => {
      const mapa = conv2d(imagen, kernel, opciones);
      postMessage(mapa, [mapa.datos.buffer]);
    };`;
  const direccion = URL.createObjectURL(new Blob([programa], { type: "text/javascript" }));
  hilo = new Worker(direccion);
  hilo.onmessage = ({ data }) => {
    const listo = avisar;
    siguiente();
    listo(data);
  };
}

function siguiente() {
  ocupado = pendiente !== null;
  if (!ocupado) return;
  const [encargo, aviso] = pendiente;
  pendiente = null;
  avisar = aviso;
  hilo.postMessage(encargo);
}

/** Encarga la cuenta si es larga; solo espera la última que se pidió. Dice si la ha aceptado. */
export function calcularAparte(cuentas, imagen, kernel, opciones, aviso) {
  if (cuentas < MUCHAS_CUENTAS || typeof Worker === "undefined") return false;
  try {
    if (!hilo) arrancar();
  } catch {
    return false; // una página que prohíbe los hilos calcula en el suyo, más despacio
  }
  pendiente = [[imagen, kernel, opciones], aviso];
  if (!ocupado) siguiente();
  return true;
}
