"""El módulo único: cada archivo una vez, después de los suyos, y sin nada que buscar fuera."""

import re

import pytest
from node_js import check, run

from course_lib.widgets import Explorador, esm

ARCHIVOS = sorted(ruta.stem for ruta in esm.CARPETA.glob("*.js"))
MODULO = esm.explorer_module()


def test_every_file_is_used_and_comes_after_what_it_imports():
    orden = esm.dependencies("explorer")
    assert sorted({*orden, *esm.dependencies("prediccion"), "proyector"}) == ARCHIVOS
    for nombre in orden:
        fuente = (esm.CARPETA / f"{nombre}.js").read_text("utf-8")
        for _, suyo in esm.IMPORTACION.findall(fuente):
            assert orden.index(suyo) < orden.index(nombre)


def test_the_module_is_valid_and_needs_nothing_else(tmp_path):
    assert check(MODULO, tmp_path) == ""
    assert not re.search(
        r"^\s*import\b|\bimport\(|https?://(?!www\.w3\.org/2000/svg)", MODULO, re.M
    )
    assert len(re.findall(r"^export ", MODULO, re.M)) == 1
    assert Explorador._esm == MODULO


def test_every_imported_name_is_exported():
    for nombre in ARCHIVOS:
        fuente = (esm.CARPETA / f"{nombre}.js").read_text("utf-8")
        for nombres, suyo in esm.IMPORTACION.findall(fuente):
            suyos = esm.EXPORTACION.findall((esm.CARPETA / f"{suyo}.js").read_text("utf-8"))
            pedidos = [n.strip() for n in nombres.split(",") if n.strip()]
            assert set(pedidos) <= set(suyos), f"{nombre} → {suyo}"


def test_linking_keeps_private_names_apart(tmp_path):
    (tmp_path / "uno.js").write_text("const a = 1;\nexport const uno = a;\n", encoding="utf-8")
    (tmp_path / "dos.js").write_text(
        'import { uno } from "./uno.js";\nconst a = 2;\nexport const dos = () => a + uno;\n',
        encoding="utf-8",
    )
    montado = esm.link("dos", tmp_path)
    assert run(f"{montado} return _dos.dos();", None) == 3


@pytest.mark.parametrize("nombre", ARCHIVOS)
def test_files_and_functions_are_short(nombre):
    lineas = (esm.CARPETA / f"{nombre}.js").read_text("utf-8").splitlines()
    assert len(lineas) <= 200 and max(map(len, lineas)) <= 130
    assert lineas[0].startswith("// ")
