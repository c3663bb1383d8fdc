// El mapa después del pooling, y en el mapa la ventana que se resume.
import { Lienzo, celdas, marco, texto } from "./dibujo.js";
import { figura, origenMapa } from "./figura.js";

/** La ventana del pooling que mira la posición actual. */
export function bloque(ctx, e, x, y) {
  if (!e.agrupada || !e.model.get("paneles").includes("pooling")) return;
  const p = e.pool_size, fila = Math.floor(e.fila / p) * p, col = Math.floor(e.columna / p) * p;
  ctx.setLineDash([4, 3]);
  ctx.strokeStyle = "#000";
  ctx.lineWidth = 2;
  ctx.strokeRect(x + col * e.celda, y + fila * e.celda, p * e.celda, p * e.celda);
  ctx.setLineDash([]);
}

export function panelPooling({ lado }) {
  const lienzo = new Lienzo(lado, lado, "Mapa después del pooling");
  const panel = figura("después del pooling", lienzo, (e, tema) => {
    const ctx = lienzo.empezar();
    if (!e.agrupada) {
      panel.rotulo.textContent = "después del pooling";
      texto(ctx, e.pooling ? "la ventana no cabe en el mapa" : "sin pooling", lado / 2, lado / 2, lado, tema.tinta);
      return;
    }
    const [alto, ancho] = e.agrupada.forma, celda = e.celda * e.pool_size;
    panel.rotulo.textContent = `${e.pooling === "max" ? "máximo" : "media"} de cada ` +
      `${e.pool_size}×${e.pool_size}: ${alto}×${ancho}`;
    const escala = { limite: e.limite }, [x, y] = origenMapa(e, e.agrupada, celda);
    celdas(ctx, e.agrupada, { x, y, celda, c: e.filtro, escala, tema });
    const [fila, col] = [Math.floor(e.fila / e.pool_size), Math.floor(e.columna / e.pool_size)];
    if (fila < alto && col < ancho) marco(ctx, x + col * celda, y + fila * celda, celda, celda);
  });
  return panel;
}
