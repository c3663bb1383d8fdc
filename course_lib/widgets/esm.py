"""Monta en un solo módulo los archivos de js/, que es lo que admite anywidget.

Cada archivo es un módulo de ECMAScript corriente, que Node importa tal cual en las pruebas. Aquí
cada uno pasa a ser una función que devuelve lo que exporta: sus nombres no chocan, y no hace falta
ninguna herramienta de compilación.
"""

import json
import re
from pathlib import Path

CARPETA = Path(__file__).parent / "js"
STYLE = Path(__file__).with_name("explorer.css").read_text(encoding="utf-8")
IMPORTACION = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.M)
EXPORTACION = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.M)
# Cada control guarda su copia del módulo en el cuaderno: sin sangrías ni comentarios pesa menos.
SOBRANTE = re.compile(r"^[ ]*(?://.*|/\*\*.*\*/)\n|^[ ]+", re.M)
ENTRADA = re.compile(r"^export default \{ render \};\n", re.M)


def dependencies(nombre: str, carpeta: Path = CARPETA) -> list[str]:
    """El archivo y todos los que necesita, cada uno después de los suyos."""
    orden: list[str] = []
    for _, suyo in IMPORTACION.findall(_read(nombre, carpeta)):
        orden += [n for n in dependencies(suyo, carpeta) if n not in orden]
    return [*orden, nombre]


def link(nombre: str, carpeta: Path = CARPETA) -> str:
    """Un archivo y los que importa, seguidos; cada uno queda en la constante `_nombre`."""
    return "\n".join(_wrap(n, _read(n, carpeta)) for n in dependencies(nombre, carpeta))


def module(nombre: str) -> str:
    """Un archivo con `render`, listo para anywidget."""
    return f"{link(nombre)}\nexport default {{ render: _{nombre}.render }};\n"


def explorer_module() -> str:
    """El módulo entero del explorador, con la aritmética además como texto para su otro hilo."""
    aritmetica = f"{link('conv')}\nconst {{ conv2d }} = _conv;"
    return f"const FUENTE_DE_LA_ARITMETICA = {json.dumps(aritmetica)};\n{module('explorer')}"


def _read(nombre: str, carpeta: Path) -> str:
    return (carpeta / f"{nombre}.js").read_text(encoding="utf-8")


def _wrap(nombre: str, fuente: str) -> str:
    nombres = EXPORTACION.findall(fuente)
    cuerpo = IMPORTACION.sub(lambda m: f"const {{{m[1]}}} = _{m[2]};\n", fuente)
    if ENTRADA.search(fuente):
        nombres.append("render")
    cuerpo = SOBRANTE.sub("", EXPORTACION.sub("", ENTRADA.sub("", cuerpo)))
    return f"const _{nombre} = (() => {{\n{cuerpo}return {{ {', '.join(nombres)} }};\n}})();"
