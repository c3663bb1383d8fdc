"""La forma de la casa: quién importa a quién, piezas cortas y todo explicado en español."""

import ast
import doctest
import importlib
import inspect
import io
import re
import tokenize
from collections import Counter
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent
FUENTES = sorted((RAIZ / "course_lib").rglob("*.py"))
CODIGO = [*FUENTES, *sorted((RAIZ / "instalar").glob("*.py"))]
LINEAS_POR_FUNCION, LINEAS_POR_MODULO = 20, 260

# DESIGN.md: ops → layers → widgets; images, plotting → widgets; ops → checks. `checks` usa además
# `plotting`, porque también dibuja la diferencia; `grading` prueba respuestas con todo menos
# los controles.
PERMITIDO = {
    "ops": set(),
    "images": set(),
    "plotting": set(),
    "layers": {"ops"},
    "checks": {"ops", "plotting"},
    "widgets": {"ops", "layers", "images", "plotting"},
    "grading": {"ops", "layers", "images", "plotting", "checks"},
}
# Las capas son `ops` con parámetros: comprueban y colocan las ventanas con las mismas piezas.
# La página de un estudiante dibuja y compara como los cuadernos, pero con valores hostiles.
SIN_PUERTA = {"layers": {"ops"}, "grading": {"plotting", "checks"}}
# El inglés que se cuela en un mensaje; ninguna de estas palabras lo es también en español.
INGLES = re.compile(
    r"\b(the|is|are|was|were|be|been|must|should|can|cannot|could|would|will|not|and|or|but|if|than"
    r"|then|when|where|which|what|this|that|these|those|with|without|from|for|of|by|at|into"
    r"|expected|got|given|found|missing|invalid|unknown|failed|wrong|too|values?|arguments?"
    r"|file|directory|shape|size|numbers?|integer|list|empty|positive|negative|least|have"
    r"|does|did|it|its|you|your|please|try)\b",
    re.IGNORECASE,
)
SIN_CODIGO = {"COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT"}
CON_DOCSTRING = ast.FunctionDef | ast.ClassDef | ast.Module
PUBLICOS = ("ops", "layers", "images", "plotting", "checks", "widgets")
ESPANOL = re.compile(r"\b(el|la|los|las|un|una|de|del|en|que|se|con|por|su|y|o|al|es)\b", re.I)


def module_name(ruta):
    partes = ruta.relative_to(RAIZ).with_suffix("").parts
    return ".".join(partes[:-1] if partes[-1] == "__init__" else partes)


def area(modulo):
    """`course_lib._ops.padding` y `course_lib.ops` son la misma pieza: `ops`."""
    partes = modulo.split(".")
    return partes[1].removeprefix("_") if len(partes) > 1 else ""


MODULOS = {module_name(ruta): ruta for ruta in FUENTES}
ARBOLES = {nombre: ast.parse(ruta.read_text("utf-8")) for nombre, ruta in MODULOS.items()}


def imports(modulo):
    """Módulos que nombra, también los de dentro de una función."""
    paquete = modulo if MODULOS[modulo].stem == "__init__" else modulo.rpartition(".")[0]
    for nodo in ast.walk(ARBOLES[modulo]):
        if isinstance(nodo, ast.Import):
            yield from (alias.name for alias in nodo.names)
        elif isinstance(nodo, ast.ImportFrom):
            base = nodo.module or ""
            if nodo.level:
                padres = paquete.split(".")[: len(paquete.split(".")) - nodo.level + 1]
                base = ".".join([*padres, base]).rstrip(".")
            for alias in nodo.names:
                completo = f"{base}.{alias.name}"
                yield completo if completo in MODULOS else base


def own_imports(modulo):
    return {otro for otro in imports(modulo) if otro in MODULOS and otro != modulo}


# --- quién importa a quién ---


def test_every_module_belongs_to_a_known_area():
    assert {area(m) for m in MODULOS} - {""} <= set(PERMITIDO)


@pytest.mark.parametrize("modulo", MODULOS)
def test_imports_go_one_way(modulo):
    suya = area(modulo)
    ajenas = {area(otro) for otro in own_imports(modulo)} - {suya, ""}
    assert ajenas <= PERMITIDO.get(suya, set())


@pytest.mark.parametrize("modulo", MODULOS)
def test_private_packages_have_one_door(modulo):
    for otro in own_imports(modulo):
        paquete = next((p for p in otro.split(".") if p.startswith("_")), None)
        puerta = paquete and f"course_lib.{paquete.removeprefix('_')}"
        dentro = paquete and modulo.startswith(f"course_lib.{paquete}")
        dentro = dentro or area(otro) in SIN_PUERTA.get(area(modulo), ())
        assert not paquete or dentro or modulo == puerta, f"{modulo} importa {otro}"


@pytest.mark.parametrize("modulo", MODULOS)
def test_nothing_imports_the_solutions(modulo):
    assert not [otro for otro in imports(modulo) if otro.split(".")[0] in {"solutions", "errores"}]


def test_there_are_no_cycles():
    visitados, abiertos = set(), []

    def visitar(modulo):
        assert modulo not in abiertos, " → ".join([*abiertos, modulo])
        if modulo not in visitados:
            abiertos.append(modulo)
            for otro in sorted(own_imports(modulo)):
                visitar(otro)
            visitados.add(abiertos.pop())

    for modulo in MODULOS:
        visitar(modulo)
    assert visitados == set(MODULOS)


# --- piezas cortas ---


def code_lines(fuente):
    """Números de las líneas con código: ni vacías, ni solo de comentario, ni de docstring."""
    lineas = set()
    for ficha in tokenize.generate_tokens(io.StringIO(fuente).readline):
        if tokenize.tok_name[ficha.type] not in SIN_CODIGO:
            lineas.update(range(ficha.start[0], ficha.end[0] + 1))
    for nodo in ast.walk(ast.parse(fuente)):
        if isinstance(nodo, CON_DOCSTRING) and ast.get_docstring(nodo):
            lineas -= set(range(nodo.body[0].lineno, nodo.body[0].end_lineno + 1))
    return lineas


@pytest.mark.parametrize("ruta", CODIGO, ids=lambda r: str(r.relative_to(RAIZ)))
def test_functions_and_modules_are_short(ruta):
    fuente = ruta.read_text("utf-8")
    assert len(fuente.splitlines()) <= LINEAS_POR_MODULO
    lineas = code_lines(fuente)
    largas = {}
    for nodo in ast.walk(ast.parse(fuente)):
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef):
            # La firma no cuenta: con un argumento por línea no es más difícil de leer.
            n = len(lineas & set(range(nodo.body[0].lineno, nodo.end_lineno + 1)))
            if n > LINEAS_POR_FUNCION:
                largas[nodo.name] = n
    assert largas == {}


# --- documentación ---


def public_objects():
    for pieza in PUBLICOS:
        modulo = importlib.import_module(f"course_lib.{pieza}")
        nombres = getattr(modulo, "__all__", None) or [
            n for n, v in vars(modulo).items() if getattr(v, "__module__", "") == modulo.__name__
        ]
        for nombre in nombres:
            objeto = getattr(modulo, nombre)
            if callable(objeto) and not nombre.startswith("_"):
                yield pytest.param(objeto, id=f"{pieza}.{nombre}")


PUBLICAS = list(public_objects())


def section(documento, titulo):
    """El texto de una sección de numpydoc, o None si no está."""
    encontrada = re.search(
        rf"^{titulo}\n-{{{len(titulo)}}}\n(.*?)(?=^\w[^\n]*\n-+\n|\Z)", documento, re.M | re.S
    )
    return encontrada and encontrada[1]


def tree(objeto):
    return ast.parse(inspect.getsource(objeto).lstrip())


def returns_something(objeto):
    anotacion = inspect.signature(objeto).return_annotation
    if anotacion is not inspect.Signature.empty:
        return anotacion is not None and anotacion != "None"
    return any(isinstance(n, ast.Return) and n.value for n in ast.walk(tree(objeto)))


def test_the_public_pieces_were_found():
    assert Counter(p.id.split(".")[0] for p in PUBLICAS).keys() == set(PUBLICOS)
    assert len(PUBLICAS) > 40


@pytest.mark.parametrize("objeto", PUBLICAS)
def test_docstring_is_numpydoc_in_spanish(objeto):
    documento = inspect.getdoc(objeto) or ""
    assert len(ESPANOL.findall(documento)) >= 3
    # Los tipos («tuple of int») y los títulos citados en References pueden ir en inglés.
    prosa = re.sub(r"^\S.* : .*$|^(>>>|\.\.\.).*$", "", documento, flags=re.M)
    prosa = prosa.partition("References\n")[0]
    assert not {"the", "is", "are", "if", "with", "which"} & set(prosa.lower().split())
    if issubclass_of(objeto, Exception):
        return
    parametros = inspect.signature(objeto).parameters.values()
    if parametros:
        descritos = re.findall(r"^\S.*", section(documento, "Parameters") or "", re.M)
        nombrados = {n for linea in descritos for n in linea.partition(" : ")[0].split(", ")}
        assert {p.name for p in parametros} <= {n.strip("*") for n in nombrados}
    if not inspect.isclass(objeto) and returns_something(objeto):
        assert section(documento, "Returns")
    if any(isinstance(nodo, ast.Raise) for nodo in ast.walk(tree(objeto))):
        assert section(documento, "Raises")
    assert ">>> " in (section(documento, "Examples") or "")


def public_methods():
    """Los métodos públicos de las clases públicas, también los heredados de otra del curso."""
    clases = {c for p in PUBLICAS if inspect.isclass(p.values[0]) for c in p.values[0].__mro__}
    for clase in sorted(clases, key=lambda c: (c.__module__, c.__name__)):
        for nombre, valor in vars(clase).items():
            funcion = getattr(valor, "__func__", valor)
            propio = clase.__module__.startswith("course_lib") and not nombre.startswith("_")
            if propio and inspect.isfunction(funcion):
                yield pytest.param(funcion, id=f"{clase.__name__}.{nombre}")


METODOS = list(public_methods())


def test_the_public_methods_were_found():
    assert {"Sequential.steps", "Layer.backward", "Prediccion.responder"} <= {m.id for m in METODOS}


@pytest.mark.parametrize("objeto", [*PUBLICAS, *METODOS])
def test_docstring_has_an_example_that_runs(objeto):
    # Que da lo que dice lo comprueba --doctest-modules; aquí, que lo hay.
    assert doctest.DocTestParser().get_examples(inspect.getdoc(objeto) or "")


def issubclass_of(objeto, clase):
    return inspect.isclass(objeto) and issubclass(objeto, clase)


# --- mensajes ---


def message_prose(nodo):
    """El texto fijo del mensaje de una excepción; de lo que se interpola no se sabe nada."""
    textos = [n.value for n in ast.walk(nodo) if isinstance(n, ast.Constant)]
    # Un nombre de argumento, una llamada o un literal propuesto como cura no son prosa.
    return re.sub(
        r"[\w.]+\([^)]*\)?|'[^']*'|\"[^\"]*\"|\w+=\S*|\w+(\.\w+)+|\w*_\w*",
        " ",
        " ".join(t for t in textos if isinstance(t, str)),
    )


@pytest.mark.parametrize("ruta", CODIGO, ids=lambda r: str(r.relative_to(RAIZ)))
def test_messages_are_in_spanish(ruta):
    for nodo in ast.walk(ast.parse(ruta.read_text("utf-8"))):
        if isinstance(nodo, ast.Raise) and isinstance(nodo.exc, ast.Call):
            ingles = INGLES.findall(" ".join(map(message_prose, nodo.exc.args)))
            assert not ingles, f"línea {nodo.lineno}: {ingles}"
