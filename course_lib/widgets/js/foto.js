// La foto de cada cual: se reduce en el navegador y no sale de él más que hacia su cuaderno.
import { crear } from "./dibujo.js";

const LADO_MAXIMO = 256;

export function subirFoto({ model, cambiar }) {
  const entrada = crear("input", "exp-archivo", { type: "file", accept: "image/*" });
  // El botón del navegador habla su idioma; este, español.
  const nombre = crear("span", "", {}, "Abrir una foto tuya…");
  const el = crear("label", "exp-boton exp-subir", {}, nombre, entrada);
  entrada.addEventListener("change", async () => {
    const [archivo] = entrada.files;
    if (!archivo) return;
    try {
      const enColor = model.get("imagen").forma[2] === 3;
      const foto = await leer(archivo, enColor);
      model.set("aviso", "");
      model.set("foto", "");
      cambiar("imagen", foto);
      nombre.textContent = `Foto: ${archivo.name}`;
    } catch {
      cambiar("aviso", `«${archivo.name}» no es una imagen que se pueda abrir. Prueba con un .png o un .jpg.`);
    }
  });
  return el;
}

async function leer(archivo, enColor) {
  const mapa = await createImageBitmap(archivo);
  const escala = Math.min(1, LADO_MAXIMO / Math.max(mapa.width, mapa.height));
  const ancho = Math.max(1, Math.round(mapa.width * escala));
  const alto = Math.max(1, Math.round(mapa.height * escala));
  const canvas = document.createElement("canvas");
  canvas.width = ancho;
  canvas.height = alto;
  const ctx = canvas.getContext("2d");
  ctx.drawImage(mapa, 0, 0, ancho, alto);
  const { data } = ctx.getImageData(0, 0, ancho, alto);
  const canales = enColor ? 3 : 1, bytes = new Uint8Array(alto * ancho * canales);
  for (let i = 0; i < alto * ancho; i++) {
    const [r, g, b] = data.subarray(4 * i, 4 * i + 3);
    // Los pesos de la luz que ve el ojo, como al pasar una foto a gris en cualquier biblioteca.
    if (enColor) bytes.set([r, g, b], 3 * i);
    else bytes[i] = Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b);
  }
  const forma = enColor ? [alto, ancho, 3] : [alto, ancho];
  return { forma, tipo: "foto", datos: new DataView(bytes.buffer) };
}
