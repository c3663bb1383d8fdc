"""Todo lo que lee una persona, sin lo que es código: para las pruebas de ortografía."""

import ast
import io
import re
import textwrap
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbformat

RAIZ = Path(__file__).resolve().parent.parent
# Lo que en un texto no es prosa: código, fórmulas, direcciones, marcas y destinos de enlaces.
NO_ES_PROSA = [
    re.compile(r"```.*?```|<!--.*?-->|<(style|script|code)\b.*?</\1>", re.S),
    re.compile(r"\$\$.+?\$\$", re.S),
    re.compile(r"``[^`]+``|`[^`]*`|\$[^$\n]+\$"),
    re.compile(r"\{[%#].*?[%#]\}|\{\{.*?\}\}|\{[^{}\n]*\}", re.S),
    # El término en inglés de un glosario y el título de un artículo.
    re.compile(r"\| \*[^*|]+\* \||(?<!\*)\*[A-Z][^*\n]+\*(?!\*)(,[^()\n]*(?=\)))?"),
    re.compile(r"\([^()\n]*\b(19|20)\d\d[^()\n]*\)|\bforma \([^()\n]*\)"),
    re.compile(r"https?://\S+|!(?=\[)|\]\([^)]*\)|[\w.+-]+@[\w.-]+"),
    re.compile(r'<(\w+) lang="en">.*?</\1>', re.S),
    re.compile(r"</?[a-zA-Z][^<>]*>|<!\w+[^<>]*>"),
    # Un esquema hecho con líneas, y lo que se le dice a ruff.
    re.compile(r"^.*[─│║═╔╗╚╝┌└].*$|(fmt|isort): \w+|^--- \w+:", re.M),
]
ALT = re.compile(r'\b(?:alt|title|aria-label)="([^"{}]+)"')
ENTREGADO = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "bench/*.md")
PYTHON = ("course_lib/**/*.py", "instalar/*.py", "solutions/*/errores.py", "nbgrader_config.py")
PALABRA = re.compile(r"[^\W\d_]{2,}")
PROGRAMA = re.compile(
    r"^(import|from|def|\^?export|const|SELECT|WITH) |^ +(pass|return)\b|=>|sans-serif|\{ render",
    re.M,
)
JAVASCRIPT = re.compile(r"//(.*)|\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`")
# El título de un apartado y, si es lo que se devuelve, su tipo.
CABECERA = re.compile(r"^ *Returns\n.*\n.*$|^( *)[A-Z]\w+( \w+)?\n\1-{3,}$", re.M)
# «x : array», «x: la imagen» o «**opciones» en una línea: el nombre es código.
PARAMETRO = re.compile(r"^ *[\w*]+(, [\w*]+)*( : .*$|:(?= )|$)", re.M)
ARTICULO = re.compile(r'(?s)"[A-Z][^"]{20,}",?')
REFERENCIAS = re.compile(r"^( *)References\n.*?(?=\n\n|\Z)", re.M | re.S)
EJEMPLO = re.compile(r"^ *>>> .*(\n *\S.*)*", re.M)


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Pares (dónde está, texto) de todo el curso."""
    return tuple((lugar, texto) for lugar, texto in _all() if texto.strip())


def prose(texto: str) -> str:
    """El texto sin código ni marcas, y con lo que dicen de cada figura."""
    alternativos = "\n\n".join(ALT.findall(texto))
    for patron in NO_ES_PROSA:
        texto = patron.sub("§", texto)
    return f"{texto}\n\n{alternativos}"


def _all() -> Iterator[tuple[str, str]]:
    for patron in ENTREGADO:
        for ruta in sorted(RAIZ.glob(patron)):
            yield _name(ruta), prose(_without_summary(ruta))
    for ruta in sorted(RAIZ.glob("solutions/**/*.ipynb")):
        yield from notebook_texts(ruta)
    for ruta in sorted({r for patron in PYTHON for r in RAIZ.glob(patron)}):
        # Las claves de ese diccionario son el original, en inglés, de cada traducción.
        claves = ruta.name != "spanish.py"
        for linea, texto in python_texts(ruta.read_text(encoding="utf-8"), claves):
            yield f"{_name(ruta)}:{linea}", texto
    for ruta in sorted(RAIZ.glob("course_lib/**/templates/**/*.j2")):
        yield _name(ruta), prose(ruta.read_text(encoding="utf-8"))
    for ruta in sorted(RAIZ.glob("course_lib/**/*.js")):
        for linea, texto in _javascript(ruta.read_text(encoding="utf-8")):
            yield f"{_name(ruta)}:{linea}", texto
    ayuda = re.findall(r"^\w+.*?## (.+)", (RAIZ / "Makefile").read_text("utf-8"), re.M)
    yield "Makefile", prose("\n\n".join(ayuda))


def _name(ruta: Path) -> str:
    return ruta.relative_to(RAIZ).as_posix()


def _without_summary(ruta: Path) -> str:
    """El README empieza con tres líneas en inglés, en cursiva, para quien no lee español."""
    lineas = ruta.read_text(encoding="utf-8").splitlines()
    return "\n".join(li for li in lineas if not re.fullmatch(r"\*[^*]+\*", li))


def notebook_texts(ruta: Path) -> Iterator[tuple[str, str]]:
    """Pares (dónde está, texto) de un cuaderno."""
    for numero, celda in enumerate(nbformat.read(ruta, as_version=4).cells):
        lugar = f"{_name(ruta)} celda {numero} ({celda.id})"
        if celda.cell_type == "markdown":
            yield lugar, prose(celda.source)
        else:
            for linea, texto in python_texts(celda.source):
                yield f"{lugar} línea {linea}", texto


def python_texts(codigo: str, claves: bool = True) -> Iterator[tuple[int, str]]:
    """Comentarios, docstrings y frases de un programa, con su línea."""
    for trozo in tokenize.generate_tokens(io.StringIO(codigo).readline):
        if trozo.type == tokenize.COMMENT and not trozo.string.startswith("###"):
            yield trozo.start[0], prose(trozo.string.partition("noqa")[0].lstrip("# "))
    arbol = ast.parse(codigo)
    diccionarios = [n for n in ast.walk(arbol) if isinstance(n, ast.Dict) and not claves]
    documentos = {id(clave) for diccionario in diccionarios for clave in diccionario.keys}
    documentos |= {id(n.args[0]) for n in ast.walk(arbol) if _is_pattern(n)}
    for nodo in ast.walk(arbol):
        con_docstring = isinstance(nodo, ast.Module | ast.ClassDef | ast.FunctionDef)
        if con_docstring and ast.get_docstring(nodo):
            documentos.add(id(nodo.body[0].value))
            yield nodo.body[0].lineno, docstring(ast.get_docstring(nodo))
    # Un mensaje llama a cada argumento por su nombre, que va sin tildes.
    nombres = {n.arg for n in ast.walk(arbol) if isinstance(n, ast.arg)}
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.JoinedStr):
            documentos |= {id(parte) for parte in nodo.values}
            partes = (getattr(parte, "value", None) for parte in nodo.values)
            textos = [p if isinstance(p, str) else "§" for p in partes]
            yield from _sentence(nodo, "".join(textos), nombres)
        elif isinstance(nodo, ast.Constant) and id(nodo) not in documentos:
            yield from _sentence(nodo, nodo.value, nombres)


def _is_pattern(nodo: ast.AST) -> bool:
    """Si es `re.compile(…)`: una expresión regular no es una frase."""
    llamada = isinstance(nodo, ast.Call) and isinstance(nodo.func, ast.Attribute) and nodo.args
    return bool(llamada) and nodo.func.attr == "compile"


def _sentence(nodo: ast.AST, texto: object, nombres: set[str]) -> Iterator[tuple[int, str]]:
    """La cadena, si es una frase, sin los nombres de los argumentos."""
    if isinstance(texto, str) and _is_sentence(texto):
        sin_nombres = re.sub(r"\w+", lambda w: "§" if w[0] in nombres else w[0], texto)
        yield nodo.lineno, prose(sin_nombres)


def _is_sentence(texto: str) -> bool:
    """Si una cadena es una frase: tres palabras o más, y no un programa."""
    palabras = PALABRA.findall(texto)
    return len(palabras) >= 3 and texto.count(" ") >= 2 and not PROGRAMA.search(texto)


def docstring(texto: str) -> str:
    """Un docstring numpydoc sin sus títulos, sus tipos ni sus ejemplos."""
    texto = textwrap.dedent(texto)
    for patron in (EJEMPLO, REFERENCIAS, ARTICULO, CABECERA, PARAMETRO):
        texto = patron.sub("", texto)
    # Tras «::» o sangrado después de dos puntos viene código.
    texto = re.sub(r":\n\n((?:    .*\n?|\n)+)", ":\n", texto)
    return prose(texto)


def _javascript(codigo: str) -> Iterator[tuple[int, str]]:
    """Comentarios y frases de un módulo de JavaScript."""
    for hallado in JAVASCRIPT.finditer(codigo):
        comentario, *cadenas = hallado.groups()
        texto = re.sub(r"\$\{[^}]*\}", "§", next(filter(None, cadenas), ""))
        if comentario or (_is_sentence(texto)):
            yield codigo.count("\n", 0, hallado.start()) + 1, prose(comentario or texto)
