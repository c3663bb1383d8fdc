// Lo que marcan los controles y lo que sale de ello; solo se recalcula lo que ha cambiado.
import { activar, canal, comoImagen, comoKernel, conv2d, mayor, pesos, pool2d, rango, tensor } from "./conv.js";
import { apilar, extremos, pareja, regiones, ventanas } from "./geometria.js";
import { calcularAparte } from "./taller.js";

/** Del formato en que viaja un array (bytes) a números. */
export function descodificar({ forma, tipo, datos, menor, paso }) {
  if (Array.isArray(datos)) return tensor(forma, Float64Array.from(datos));
  const bytes = datos.buffer.slice(datos.byteOffset, datos.byteOffset + datos.byteLength);
  if (tipo === "foto") return tensor(forma, escalados(new Uint8Array(bytes), 1 / 255, 0));
  if (tipo === "uint16") {
    return tensor(forma, escalados(new Uint16Array(bytes), paso, menor));
  }
  const numeros = tipo === "float64" ? new Float64Array(bytes) : new Float32Array(bytes);
  return tensor(forma, numeros);
}

function escalados(enteros, paso, menor) {
  const numeros = new Float64Array(enteros.length);
  for (let i = 0; i < enteros.length; i++) numeros[i] = enteros[i] * paso + menor;
  return numeros;
}

export class Estado {
  constructor(model, alTerminar) {
    this.model = model;
    this.alTerminar = alTerminar;
    this.recuerdos = {};
  }

  /** Lo mismo que la última vez mientras no cambie ninguna clave. */
  recordar(nombre, claves, calcular) {
    const antes = this.recuerdos[nombre];
    if (antes && antes.claves.every((c, i) => Object.is(c, claves[i]))) return antes.valor;
    const valor = calcular();
    this.recuerdos[nombre] = { claves, valor };
    return valor;
  }

  leer() {
    for (const t of ["stride", "padding", "dilation", "bias", "activation", "pooling", "pool_size"]) {
      this[t] = this.model.get(t);
    }
    this.lado = this.model.get("lado");
    const imagen = this.model.get("imagen"), kernel = this.model.get("kernel");
    this.imagen = this.recordar("imagen", [imagen], () => comoImagen(descodificar(imagen)));
    this.kernel = this.recordar("kernel", [kernel], () => comoKernel(descodificar(kernel)));
    this.escalaImagen = this.recordar("escala", [this.imagen], () => {
      const [a, b] = rango(this.imagen.datos);
      return { negro: Math.min(0, a), blanco: Math.max(1, b) };
    });
    this.geometria();
    this.mapas();
    this.lugar();
    return this;
  }

  geometria() {
    const [alto, ancho] = this.imagen.forma, [kh, kw] = this.kernel.forma;
    const { stride, padding, dilation } = this;
    this.ejes = this.recordar("ejes", [alto, ancho, kh, kw, stride, padding, dilation], () =>
      ventanas([alto, ancho], [kh, kw], { stride, padding, dilation }));
    // Aunque no quepa ninguna ventana, la imagen y su padding se dibujan.
    this.bordes = this.ejes?.map((e) => e.bordes) ?? [alto, ancho].map((n, i) =>
      extremos(pareja(padding)[i], n, [kh, kw][i], pareja(stride)[i], pareja(dilation)[i]));
    const filas = alto + this.bordes[0][0] + this.bordes[0][1];
    const columnas = ancho + this.bordes[1][0] + this.bordes[1][1];
    this.celda = this.lado / Math.max(filas, columnas);
    this.error = this.problema(filas, columnas);
  }

  problema(filas, columnas) {
    const [, , canales] = this.imagen.forma, [kh, kw, entran] = this.kernel.forma;
    if (canales !== entran) {
      return `La imagen tiene ${canales} canales y el kernel espera ${entran}. Elige otra imagen.`;
    }
    if (this.ejes) return "";
    const d = pareja(this.dilation), cubre = [d[0] * (kh - 1) + 1, d[1] * (kw - 1) + 1];
    return `El kernel abarca ${cubre.join("×")} y no cabe en ${filas}×${columnas}. ` +
      "Usa más padding, menos dilatación o un kernel más pequeño.";
  }

  mapas() {
    const { imagen, kernel, ejes, stride, padding, dilation, bias } = this;
    const propio = this.model.get("resultado");
    this.ajeno = Boolean(this.model.get("ajeno"));
    const opciones = { stride, padding, dilation, bias };
    // El bias viaja como lista nueva en cada mensaje: se compara por su contenido.
    const claves = [imagen, kernel, stride, padding, dilation, JSON.stringify(bias)];
    this.suma = this.error ? null : this.ajeno
      ? this.recordar("ajeno", [propio], () => propio && comoImagen(descodificar(propio)))
      : this.recordar("suma", claves, () => this.convolucionar(imagen, kernel, opciones, ejes));
    this.salida = this.recordar("salida", [this.suma, this.activation], () =>
      this.suma && (this.activation && !this.ajeno ? activar(this.suma, this.activation) : this.suma));
    this.limite = this.model.get("limite") || this.recordar("limite", [this.salida], () =>
      (this.salida && mayor(this.salida.datos)) || 1);
    const lado = this.pool_size;
    this.agrupada = this.recordar("agrupada", [this.salida, this.pooling, lado], () =>
      this.salida && this.pooling ? pool2d(this.salida, this.pooling, [lado, lado]) : null);
  }

  /** Lo pequeño, aquí mismo; lo grande, en otro hilo, y mientras se ve el mapa anterior. */
  convolucionar(imagen, kernel, opciones, ejes) {
    const cuentas = ejes[0].salida * ejes[1].salida * kernel.datos.length;
    const anterior = this.recuerdos.suma?.valor;
    const aparte = anterior && calcularAparte(cuentas, imagen, kernel, opciones, (mapa) => {
      if (this.recuerdos.suma) this.recuerdos.suma.valor = mapa;
      this.alTerminar();
    });
    return aparte ? anterior : conv2d(imagen, kernel, opciones);
  }

  /** Los arrays de un trait, como números. */
  descodificar(array) {
    return descodificar(array);
  }

  lugar() {
    const capas = this.model.get("capas"), hondo = this.model.get("profundidad");
    this.pila = capas?.length
      ? this.recordar("pila", [capas, hondo, this.imagen], () =>
        apilar(this.imagen.forma.slice(0, 2), capas.slice(0, hondo)))
      : null;
    const filtros = this.salida?.forma[2] ?? 1;
    const [altoMapa, anchoMapa] = this.pila?.tamano ?? this.salida?.forma ?? [1, 1];
    this.anchoMapa = anchoMapa;
    this.total = altoMapa * anchoMapa;
    this.posicion = Math.max(0, Math.min(this.total - 1, this.model.get("posicion") ?? 0));
    this.fila = Math.floor(this.posicion / anchoMapa);
    this.columna = this.posicion % anchoMapa;
    this.regiones = this.pila && regiones(this.pila, this.fila, this.columna);
    this.filtro = Math.max(0, Math.min(filtros - 1, this.model.get("filtro") ?? 0));
    this.canal = Math.max(0, Math.min(this.imagen.forma[2] - 1, this.model.get("canal") ?? 0));
  }

  biasDe(f) {
    return Array.isArray(this.bias) ? this.bias[f] ?? 0 : this.bias ?? 0;
  }

  /** Recorre todo el mapa: solo cuando un panel lo pide. */
  limiteDeLaSuma() {
    return this.recordar("limiteSuma", [this.suma], () => (this.suma && mayor(this.suma.datos)) || 1);
  }

  limiteProductos() {
    return this.recordar("productos", [this.imagen, this.kernel], () =>
      mayor(this.imagen.datos) * mayor(this.kernel.datos) || 1);
  }

  canalDeImagen(c) {
    return this.recordar(`canal${c}`, [this.imagen], () => canal(this.imagen, c));
  }

  pesosDe(c, f) {
    return this.recordar(`pesos${c},${f}`, [this.kernel], () => pesos(this.kernel, c, f));
  }

  /** Lo que ve el kernel en la posición actual, en el canal `c`: [{i, j, peso, pixel}]. */
  ventana(c = this.canal, f = this.filtro) {
    if (!this.ejes) return [];
    const [v, h] = this.ejes, [alto, ancho, canales] = this.imagen.forma, vistos = [];
    const suyos = this.pesosDe(c, f).datos;
    for (let i = 0; i < v.k; i++) {
      for (let j = 0; j < h.k; j++) {
        const y = this.fila * v.s + i * v.d - v.bordes[0];
        const x = this.columna * h.s + j * h.d - h.bordes[0];
        const fuera = y < 0 || x < 0 || y >= alto || x >= ancho;
        const pixel = fuera ? 0 : this.imagen.datos[(y * ancho + x) * canales + c];
        vistos.push({ i, j, y, x, fuera, peso: suyos[i * h.k + j], pixel });
      }
    }
    return vistos;
  }

  valor(tensorMapa = this.salida, f = this.filtro) {
    return tensorMapa ? tensorMapa.datos[this.posicion * tensorMapa.forma[2] + f] : NaN;
  }
}
