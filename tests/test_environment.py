"""El entorno: una sola lista de versiones, completa y comprobable, y dos órdenes que la usan."""

import ast
import base64
import email
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
import yaml
from jupyterlab.commands import get_app_dir
from jupyterlab.labapp import LabApp
from jupyterlab_server.settings_utils import get_settings
from jupyterlab_server.translation_utils import get_language_pack, get_language_packs
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version
from traitlets.config import Config

RAIZ = Path(__file__).resolve().parent.parent
PROYECTO = tomllib.loads((RAIZ / "pyproject.toml").read_text("utf-8"))["project"]
CONDA = yaml.safe_load((RAIZ / "environment.yml").read_text("utf-8"))
LINEAS = (RAIZ / "requirements.txt").read_text("utf-8").splitlines()
MAKEFILE = (RAIZ / "Makefile").read_text("utf-8")
(RUEDA,) = sorted((RAIZ / "instalar").glob("*.whl"))

PIN = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [A-Za-z0-9_' .<>=!()]+)? \\")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")


def read_pins():
    """Cada pin con las líneas de hashes que lo siguen."""
    pins, hashes = {}, None
    for linea in LINEAS:
        if linea.startswith(" "):
            hashes.append(linea)
        else:
            pin, hashes = Requirement(linea.removesuffix(" \\")), []
            nombre = canonicalize_name(pin.name)
            assert nombre not in pins, f"{nombre} está dos veces"
            pins[nombre] = (pin, hashes)
    return pins


PINS = read_pins()
DIRECTAS = [
    Requirement(texto)
    for lista in (PROYECTO["dependencies"], *PROYECTO["optional-dependencies"].values())
    for texto in lista
]


def version(nombre):
    (fijada,) = PINS[canonicalize_name(nombre)][0].specifier
    return Version(fijada.version)


def applies(requisito, extra=""):
    return requisito.marker is None or requisito.marker.evaluate({"extra": extra})


# --- requirements.txt ---


def test_every_line_is_a_pin_or_a_hash():
    """Ni direcciones, ni rutas, ni -e: solo nombre==versión y su huella."""
    raras = [li for li in LINEAS if not (PIN.fullmatch(li) or HASH.fullmatch(li))]
    assert raras == [] and len(PINS) > 100


@pytest.mark.parametrize("nombre", PINS)
def test_every_pin_has_a_hash(nombre):
    pin, hashes = PINS[nombre]
    assert hashes and [s.operator for s in pin.specifier] == ["=="]
    # Una línea de más o de menos con la barra final rompería el archivo entero.
    assert [linea.endswith("\\") for linea in hashes] == [True] * (len(hashes) - 1) + [False]


@pytest.mark.parametrize("directa", DIRECTAS, ids=lambda r: r.name)
def test_every_dependency_is_pinned_within_its_range(directa):
    assert directa.specifier.contains(version(directa.name))


def test_the_pins_are_exactly_what_the_dependencies_need():
    """Lo que saldría de compilar pyproject.toml, sin red: se sigue a cada paquete instalado."""
    alcanzadas, pendientes = set(), [(r, r.extras) for r in DIRECTAS if applies(r)]
    while pendientes:
        requisito, extras = pendientes.pop()
        nombre = canonicalize_name(requisito.name)
        assert requisito.specifier.contains(version(nombre)), f"{nombre}: {requisito}"
        if (nombre, frozenset(extras)) in alcanzadas:
            continue
        alcanzadas.add((nombre, frozenset(extras)))
        for texto in importlib.metadata.requires(nombre) or []:
            suya = Requirement(texto)
            if any(applies(suya, extra) for extra in {"", *extras}):
                pendientes.append((suya, suya.extras))
    aqui = {nombre for nombre, (pin, _) in PINS.items() if applies(pin)}
    assert {nombre for nombre, _ in alcanzadas} == aqui


@pytest.mark.parametrize("nombre", [n for n, (pin, _) in PINS.items() if applies(pin)])
def test_the_installed_version_is_the_pinned_one(nombre):
    assert Version(importlib.metadata.version(nombre)) == version(nombre)


def test_building_the_course_needs_nothing_else():
    """Se instala sin aislamiento: lo que pide build-system tiene que estar ya fijado."""
    sistema = tomllib.loads((RAIZ / "pyproject.toml").read_text("utf-8"))["build-system"]
    for requisito in map(Requirement, sistema["requires"]):
        assert requisito.specifier.contains(version(requisito.name))


# Con ellas solo se compara, y solo si están: pesan más que todo lo demás junto.
PARA_COMPARAR = {"torch", "keras", "cv2"}


def test_everything_imported_is_pinned():
    distribuciones, sueltos = importlib.metadata.packages_distributions(), {}
    propios = {"course_lib", "conformance", "grading"} | {
        r.stem for r in (RAIZ / "tests").rglob("*.py")
    }
    propios |= {r.stem for r in (RAIZ / "bench").glob("*.py")}
    fuentes = [RAIZ / "nbgrader_config.py", *(RAIZ / "solutions").rglob("*.py")]
    for carpeta in ("course_lib", "tests", "bench"):
        fuentes += (RAIZ / carpeta).rglob("*.py")
    for ruta in fuentes:
        for modulo in imported(ruta) - set(sys.stdlib_module_names) - propios - PARA_COMPARAR:
            if not set(map(canonicalize_name, distribuciones.get(modulo, []))) & set(PINS):
                sueltos.setdefault(modulo, []).append(ruta.name)
    assert sueltos == {}


def imported(ruta):
    """Módulos que un archivo necesita; los de ``try: ... except ImportError`` los usa si están."""
    arbol, nombres = ast.parse(ruta.read_text("utf-8")), set()
    optativos = {
        id(nodo)
        for intento in ast.walk(arbol)
        if isinstance(intento, ast.Try)
        and any(getattr(e.type, "id", "") == "ImportError" for e in intento.handlers)
        for cuerpo in intento.body
        for nodo in ast.walk(cuerpo)
    }
    for nodo in ast.walk(arbol):
        if id(nodo) in optativos:
            continue
        if isinstance(nodo, ast.Import):
            nombres |= {alias.name.split(".")[0] for alias in nodo.names}
        elif isinstance(nodo, ast.ImportFrom) and not nodo.level:
            nombres.add(nodo.module.split(".")[0])
    return nombres


# --- environment.yml ---


def test_conda_takes_the_same_pins():
    python, pip, instalar = CONDA["dependencies"]
    assert re.fullmatch(r"python=3\.\d+", python) and pip == "pip"
    assert instalar == {"pip": ["-r requirements.txt"]}
    assert CONDA["channels"] == ["conda-forge"]


def test_conda_python_is_one_the_course_supports():
    pedido = Requirement(f"python{PROYECTO['requires-python']}").specifier
    (menor,) = re.findall(r"python=(3\.\d+)", CONDA["dependencies"][0])
    assert pedido.contains(f"{menor}.0") and not pedido.contains("3.10.0")


def test_conda_and_make_use_the_same_jupyter_folder():
    (ruta,) = CONDA["variables"].values()
    assert list(CONDA["variables"]) == ["JUPYTER_CONFIG_PATH"]
    assert (RAIZ / ruta / "jupyter_lab_config.py").is_file()
    assert f"JUPYTER_CONFIG_PATH={ruta} " in MAKEFILE


# --- instalar/ ---


def test_the_pip_wheel_is_whole():
    with zipfile.ZipFile(RUEDA) as archivo:
        assert archivo.testzip() is None
        nombre, fijada, _, _ = parse_wheel_filename(RUEDA.name)
        ficha = f"{nombre}-{fijada}.dist-info"
        metadatos = email.message_from_bytes(archivo.read(f"{ficha}/METADATA"))
        assert (metadatos["Name"], Version(metadatos["Version"])) == ("pip", fijada)
        registro = [li.rsplit(",", 2) for li in archivo.read(f"{ficha}/RECORD").decode().split()]
        assert {ruta for ruta, _, _ in registro} == set(archivo.namelist())
        for ruta, huella, tamano in registro:
            if not ruta.endswith("RECORD"):
                algoritmo, _, valor = huella.partition("=")
                resumen = hashlib.new(algoritmo, archivo.read(ruta)).digest()
                assert base64.urlsafe_b64encode(resumen).decode().rstrip("=") == valor
                assert archivo.getinfo(ruta).file_size == int(tamano)


@pytest.fixture
def instalador(tmp_path, monkeypatch):
    """instalar/entorno.py apuntando a una carpeta vacía y a un pip de mentira."""
    spec = importlib.util.spec_from_file_location("entorno", RAIZ / "instalar" / "entorno.py")
    entorno = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(entorno)
    assert entorno.PIP == RUEDA and entorno.ENTORNO == RAIZ / ".venv"
    (tmp_path / "falso" / "pip").mkdir(parents=True)
    monkeypatch.setattr(entorno, "ENTORNO", tmp_path / "venv")
    monkeypatch.setattr(entorno, "PIP", tmp_path / "falso")
    return entorno


def fake_pip(entorno, codigo):
    (entorno.PIP / "pip" / "__main__.py").write_text(codigo, "utf-8")


def test_the_installer_only_needs_an_old_enough_python_to_say_so():
    """Con un Python viejo tiene que poder leerse entero para llegar a decir la frase."""
    ruta = RAIZ / "instalar" / "entorno.py"
    ast.parse(ruta.read_text("utf-8"), feature_version=(3, 6))
    assert imported(ruta) <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("anterior", [(3, 8, 10), (3, 10, 14)])
def test_an_old_python_is_told_what_to_do(instalador, monkeypatch, capsys, anterior):
    texto = ".".join(map(str, anterior))
    viejo = SimpleNamespace(
        version_info=anterior, version=f"{texto} (main)", stderr=sys.stderr, platform="linux"
    )
    monkeypatch.setattr(instalador, "sys", viejo)
    assert instalador.main() == 1
    dicho = capsys.readouterr().err
    assert f"necesita Python 3.11 o más nuevo y este es {texto}." in dicho
    assert "make lab PYTHON=python3.12" in dicho and not instalador.ENTORNO.exists()


def test_the_minimum_python_is_the_one_of_pyproject(instalador):
    assert PROYECTO["requires-python"] == ">=" + ".".join(map(str, instalador.MINIMA))


def test_the_environment_is_made_with_hashes_and_then_marked(instalador):
    fake_pip(
        instalador,
        "import sys\n"
        "with open(__file__ + '.log', 'a') as log:\n"
        "    print(sys.argv[1:], file=log)\n",
    )
    for _ in range(2):  # la segunda vez, sobre el entorno que ya hay
        assert instalador.main() == 0
    assert instalador.python_del_entorno().exists() and (instalador.ENTORNO / "listo").is_file()
    log = instalador.PIP / "pip" / "__main__.py.log"
    ordenes = [ast.literal_eval(linea)[1:] for linea in log.read_text("utf-8").splitlines()]
    assert len(ordenes) == 6 and ordenes[:3] == ordenes[3:]
    paquetes, curso, pip = ordenes[:3]
    assert "--require-hashes" in paquetes and paquetes[-2:] == ["-r", "requirements.txt"]
    assert {"--no-deps", "--no-build-isolation"} <= set(curso) and curso[-2:] == ["--editable", "."]
    assert "--no-index" in pip and pip[-1] == str(instalador.PIP)


def test_a_failing_pip_is_told_and_not_marked(instalador, capfd):
    fake_pip(instalador, "raise SystemExit(2)")
    assert instalador.main() == 1
    dicho = capfd.readouterr().err
    assert "No se pudo preparar el entorno" in dicho and "Traceback" not in dicho
    assert "Comprueba la conexión y el espacio en disco" in dicho and "repite la orden" in dicho
    assert not (instalador.ENTORNO / "listo").exists()


def test_a_folder_that_cannot_be_written_is_told(instalador, monkeypatch, capsys):
    def sin_permiso(*args, **kwargs):
        raise PermissionError(13, "Permiso denegado", str(instalador.ENTORNO))

    monkeypatch.setattr(instalador.venv, "create", sin_permiso)
    assert instalador.main() == 1
    assert "No se pudo preparar el entorno: [Errno 13]" in capsys.readouterr().err


# --- Makefile ---

REGLAS = re.findall(r"^([a-z]+(?: [a-z]+)*):[^=\n]*?(?:## (.*))?\n((?:\t.*\n)*)", MAKEFILE, re.M)
(OBJETIVOS,) = map(set, map(str.split, re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.M)))


def make(*argumentos):
    return subprocess.run(
        ["make", "--no-print-directory", *argumentos],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_help_explains_every_target_in_spanish():
    ayuda = make("ayuda")
    assert make("help") == make() == ayuda
    explicados = dict(re.findall(r"^  make ([a-z]+) +(\S.*)$", ayuda, re.M))
    assert explicados.keys() | {"help"} == OBJETIVOS >= {"lab", "test", "release", "grade"}
    for texto in explicados.values():
        assert re.match(r"(Muestra|Abre|Pasa|Genera|Califica|Mide|Vuelve|Borra) ", texto), texto


def test_every_rule_is_a_target_or_an_existing_folder():
    """Un objetivo que no es .PHONY deja de hacer nada el día que existe una carpeta así."""
    reglas = {nombre for nombres, _, _ in REGLAS for nombre in nombres.split()}
    assert reglas >= OBJETIVOS and all((RAIZ / nombre).is_dir() for nombre in reglas - OBJETIVOS)


@pytest.mark.parametrize("orden", ["release", "grade", "matrix"])
def test_students_are_told_which_targets_are_for_teachers(orden, tmp_path):
    for nombre in ("requirements.txt", "pyproject.toml", "instalar/entorno.py", ".venv/listo"):
        (tmp_path / nombre).parent.mkdir(exist_ok=True)
        (tmp_path / nombre).touch()
    resultado = subprocess.run(
        ["make", "-f", RAIZ / "Makefile", orden], cwd=tmp_path, capture_output=True, text=True
    )
    assert resultado.returncode != 0 and "Esta orden es para docentes" in resultado.stderr


@pytest.mark.parametrize("regla", REGLAS, ids=lambda r: r[0])
def test_recipes_are_thin(regla):
    receta = regla[2].splitlines()
    assert 1 <= len(receta) <= 2 and all(len(linea) < 260 for linea in receta)


@pytest.mark.parametrize("documento", ["README.md", "CONTRIBUTING.md"])
def test_documented_targets_exist(documento):
    texto = (RAIZ / documento).read_text("utf-8")
    citados = set(re.findall(r"(?:`|^\s*|&& )make ([a-z]+)", texto, re.M))
    assert citados and citados <= OBJETIVOS


# --- licencias ---


def test_licences_are_there():
    assert PROYECTO["license"] == "BSD-3-Clause"
    textos = {ruta: (RAIZ / ruta).read_text("utf-8") for ruta in PROYECTO["license-files"]}
    assert set(textos) == {"LICENSE", "LICENSE-CONTENT"}
    assert "Redistribution and use in source and binary forms" in textos["LICENSE"]
    assert "Neither the name of" in textos["LICENSE"]  # la tercera cláusula
    assert "creativecommons.org/licenses/by/4.0" in textos["LICENSE-CONTENT"]


# --- JupyterLab en español ---

AJUSTES = RAIZ / "jupyter" / "labconfig" / "default_setting_overrides.json"
CAMBIOS = json.loads(AJUSTES.read_text("utf-8"))


def run_lab_config(entorno):
    """Ejecuta la configuración como lo hace JupyterLab, sin tocar el entorno de las pruebas."""
    config = Config()
    antes = dict(os.environ)
    try:
        os.environ.update(entorno)
        runpy.run_path(
            str(RAIZ / "jupyter" / "jupyter_lab_config.py"), {"get_config": lambda: config}
        )
        return config, dict(os.environ)
    finally:
        os.environ.clear()
        os.environ.update(antes)


def test_lab_opens_the_first_lesson_without_news():
    config, _ = run_lab_config({})
    assert config.ServerApp.root_dir == str(RAIZ)
    leccion = config.LabApp.default_url.removeprefix("/lab/tree/")
    lecciones = sorted(str(r.relative_to(RAIZ)) for r in RAIZ.glob("notebooks/*/leccion.ipynb"))
    assert leccion == lecciones[0]
    assert config.LabApp.news_url is None and {"news_url", "default_url"} <= set(
        LabApp.class_trait_names()
    )


@pytest.mark.parametrize("anterior", ["", "/otra/ruta"])
def test_kernels_find_course_lib_even_if_it_is_not_installed(anterior):
    _, entorno = run_lab_config({"PYTHONPATH": anterior, "JUPYTER_CONFIG_PATH": "jupyter"})
    rutas = entorno["PYTHONPATH"].split(os.pathsep)
    assert rutas == [str(RAIZ), *filter(None, [anterior])]
    assert entorno["JUPYTER_CONFIG_PATH"] == str(RAIZ / "jupyter")


def test_lab_reads_that_configuration():
    """Con la ruta relativa del Makefile y de conda, desde la carpeta del curso."""
    jupyter = shutil.which("jupyter", path=Path(sys.executable).parent)
    salida = subprocess.run(
        [jupyter, "lab", "--show-config-json"],
        cwd=RAIZ,
        env={**os.environ, **CONDA["variables"]},
        capture_output=True,
        text=True,
        check=True,
    )
    leida = json.loads(salida.stdout)
    config, _ = run_lab_config({})
    assert leida["LabApp"] == dict(config.LabApp)
    assert leida["ServerApp"]["root_dir"] == str(RAIZ)


@pytest.fixture
def ajustes(monkeypatch, tmp_path):
    """El esquema con que JupyterLab se queda para una extensión, con los cambios o sin ellos."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(RAIZ / "jupyter"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    aplicacion = Path(get_app_dir())
    extensiones = str(aplicacion.parent / "labextensions")

    def resolver(extension, cambios=None):
        return get_settings(
            str(aplicacion),
            str(aplicacion / "schemas"),
            str(tmp_path),
            schema_name=extension,
            overrides=cambios,
            labextensions_path=[extensiones],
        )[0]["schema"]

    return resolver


def test_lab_speaks_spanish(ajustes):
    idioma = ajustes("@jupyterlab/translation-extension:plugin")
    assert idioma["properties"]["locale"]["default"] == "es_ES"
    paquetes, aviso = get_language_packs()
    assert "es_ES" in paquetes and aviso == ""
    textos, aviso = get_language_pack("es_ES")
    assert textos["jupyterlab"]["Run"] == ["Ejecutar"] and not aviso


@pytest.mark.parametrize("extension", CAMBIOS)
def test_every_change_is_understood_by_its_extension(ajustes, extension):
    """Un nombre mal escrito no daría ningún error: simplemente no se aplicaría."""
    suyo, cambiado = ajustes(extension, {}), ajustes(extension)
    for nombre, valor in CAMBIOS[extension].items():
        assert nombre in suyo["properties"]
        jsonschema.validate({nombre: valor}, suyo)
        assert cambiado["properties"][nombre]["default"] == valor
