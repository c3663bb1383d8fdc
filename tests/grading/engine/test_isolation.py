"""Donde no se puede aislar no se califica, salvo que se pida; y entonces se dice en rojo."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from course_lib.grading.engine import bubble, landlock, linux


@pytest.fixture(autouse=True)
def _check_again():
    bubble.check.cache_clear()
    yield
    bubble.check.cache_clear()


@pytest.mark.parametrize("sistema", ["darwin", "win32"])
def test_other_systems_are_told_what_they_need(monkeypatch, sistema):
    monkeypatch.setattr(bubble.sys, "platform", sistema)
    with pytest.raises(bubble.IsolationMissing, match=rf"\({sistema}\).*máquina virtual con Linux"):
        bubble.check()


def test_without_bubblewrap_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(bubble.shutil, "which", lambda _: None)
    with pytest.raises(bubble.IsolationMissing, match="Falta el programa bwrap.*apt install"):
        bubble.check()


def test_a_container_that_forbids_namespaces_is_told_why(monkeypatch):
    fallo = SimpleNamespace(returncode=1, stderr="bwrap: No permissions to create new namespace\n")
    monkeypatch.setattr(bubble.subprocess, "run", lambda *_, **__: fallo)
    with pytest.raises(bubble.IsolationMissing, match="No permissions.*máquina virtual"):
        bubble.check()


def run(curso, *opciones):
    """`curso calificar` sin bwrap a mano."""
    orden = [sys.executable, "-m", "course_lib.grading", "calificar", *opciones]
    entorno = {"PATH": "/nada", "HOME": str(curso.root), "COLUMNS": "200", "LC_ALL": "C.UTF-8"}
    entorno |= {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    return subprocess.run(orden, cwd=curso.root, env=entorno, capture_output=True, text=True)


def test_the_command_refuses_and_then_obeys(curso_publicado, entregar, resuelto, notas):
    entregar(curso_publicado, "ana", resuelto(curso_publicado))
    negada = run(curso_publicado)
    assert negada.returncode == 2 and "Falta el programa bwrap" in negada.stderr
    assert "Traceback" not in negada.stderr and notas(curso_publicado) == {}
    hecha = run(curso_publicado, "--sin-aislamiento", "--solo-notas")
    assert hecha.returncode == 0, hecha.stderr
    assert "SIN AISLAMIENTO" in hecha.stdout and notas(curso_publicado) == {"ana": (10, 10)}


def test_notes_only_leaves_the_diagnosis_for_later(curso_publicado, entregar, resuelto):
    entregar(curso_publicado, "ana", resuelto(curso_publicado, "kernel-girado-180"))
    pagina = curso_publicado.entregas / "feedback" / "ana" / "02_deslizar" / "ejercicios.html"
    orden = [sys.executable, "-m", "course_lib.grading", "calificar"]
    solo = [*orden, "--solo-notas"]
    for veces in ("Calificadas ahora: 1", "sin cambios: 1"):
        hecha = subprocess.run(solo, cwd=curso_publicado.root, capture_output=True, text=True)
        assert veces in hecha.stdout and not pagina.exists()
    entera = subprocess.run(orden, cwd=curso_publicado.root, capture_output=True, text=True)
    assert "Calificadas ahora: 1" in entera.stdout
    assert "girado 180°" in pagina.read_text(encoding="utf-8")


def test_landlock_leaves_one_folder_to_write_in(tmp_path):
    """En otro proceso, porque no tiene vuelta atrás."""
    dentro, fuera = tmp_path / "dentro", tmp_path / "fuera"
    dentro.mkdir()
    fuera.mkdir()
    pid = os.fork()
    if pid == 0:
        codigo = 9
        try:
            linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
            hay = landlock.write_only_in(str(dentro))
            (dentro / "a").write_text("sí")
            (dentro / "a").rename(dentro / "b")
            open("/dev/null", "w").close()
            codigo = 3 if hay else 4
            (fuera / "a").write_text("no")
        except PermissionError:
            codigo += 10
        finally:
            os._exit(codigo)
    codigo = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    # Un núcleo sin Landlock lo dice, y entonces no cierra nada.
    assert codigo == (13 if (dentro / "b").exists() and not (fuera / "a").exists() else 4)
