"""Mueve, como lo haría una mano, todo lo que se puede mover en una salida, y mira sus píxeles."""

import time

from playwright.sync_api import Locator

# Los mandos de la casa y los de ipywidgets; los pesos, uno por cuadrícula.
MANDOS = (
    "input[type=range], .noUi-handle, select, .exp-pesos .exp-peso:nth-child(2), "
    ".exp-mapa:last-child"
)
# Una imagen se compara por sus píxeles: su dirección cambia aunque se vea lo mismo.
PIXELES = """async (el) => {
  const vistos = [...el.querySelectorAll("canvas")].map((c) => c.toDataURL());
  for (const img of el.querySelectorAll("img")) {
    await img.decode().catch(() => null);
    const lienzo = document.createElement("canvas");
    [lienzo.width, lienzo.height] = [img.naturalWidth, img.naturalHeight];
    if (!lienzo.width) continue;
    lienzo.getContext("2d").drawImage(img, 0, 0);
    vistos.push(lienzo.toDataURL());
  }
  // La cuenta de la ventana es un panel más, escrito con letras.
  vistos.push(...[...el.querySelectorAll(".exp-texto")].map((t) => t.innerText));
  return vistos.join();
}"""
NOMBRE = """(m) => m.getAttribute("aria-label")
  || (m.closest("label, .widget-slider, .widget-dropdown") ?? m).innerText.split("\\n")[0]"""
TOPES = """(m) => m.classList.contains("noUi-handle")
  ? ["now", "min", "max"].map((t) => Number(m.getAttribute(`aria-value${t}`)))
  : [m.value, m.min, m.max].map(Number)"""


def pixels(zona: Locator) -> str:
    return zona.evaluate(PIXELES)


def move_everything(
    zona: Locator, segundos: float = 20, lejos: bool = False
) -> tuple[list[str], list[str]]:
    """Los nombres de los mandos movidos y lo que ha ido mal con cada uno.

    Cada deslizador da un paso o, con `lejos`, se va a un extremo.
    """
    movidos, faltas = [], []
    mandos = zona.locator(MANDOS)
    for i in range(mandos.count()):
        mando = mandos.nth(i)
        nombre = mando.evaluate(NOMBRE).strip()
        mover = _gesture(mando, lejos)
        if mover is None:
            continue
        antes, alto = pixels(zona), zona.evaluate("(el) => el.offsetHeight")
        mover()
        movidos.append(nombre)
        # La velocidad se lee en su número: hasta que la ventana ande no hay nada que ver.
        if "por segundo" not in nombre and not _changes(zona, antes, segundos):
            faltas.append(f"{nombre}: los píxeles no cambian")
        if (ahora := zona.evaluate("(el) => el.offsetHeight")) != alto:
            faltas.append(f"{nombre}: la salida pasa de {alto} a {ahora} píxeles de alto")
    return movidos, faltas


def _gesture(mando: Locator, lejos: bool):
    """Lo que hay que hacer para moverlo, o None si no tiene adónde ir."""
    if not mando.is_visible() or not mando.is_enabled():
        return None
    etiqueta = mando.evaluate("(m) => m.localName")
    if etiqueta == "button":
        return mando.click if mando.get_attribute("aria-pressed") == "false" else None
    if etiqueta == "select":
        return _another_option(mando)
    if mando.evaluate("(m) => m.classList.contains('exp-peso')"):
        return lambda: mando.fill(f"{float(mando.input_value()) + 2:g}")
    ahora, menor, mayor = mando.evaluate(TOPES)
    if menor >= mayor:
        return None
    atras, adelante = ("Home", "End") if lejos else ("ArrowLeft", "ArrowRight")
    return lambda: mando.press(atras if ahora >= mayor else adelante)


def _another_option(menu: Locator):
    valores = menu.evaluate("(m) => [...m.options].map((o) => o.value)")
    otras = [v for v in valores if v and v != menu.input_value()]
    return (lambda: menu.select_option(otras[-1])) if otras else None


def _changes(zona: Locator, antes: str, segundos: float) -> bool:
    limite = time.monotonic() + segundos
    while time.monotonic() < limite:
        if pixels(zona) != antes:
            return True
        zona.page.wait_for_timeout(30)
    return False
