"""La versión para enseñar en clase no dice de quién es nada."""

import shutil
import stat

import pytest
from clase_ficticia import Entrega, failing, fill, person, thirty

from course_lib.grading.report.private import CLAVE, few, pseudonyms, secret_key
from course_lib.grading.report.write import write_report

CLAVE_FIJA = b"una clave de prueba"


def read(rutas):
    return "".join(ruta.read_text(encoding="utf-8") for ruta in rutas)


def test_pseudonyms_are_distinct_and_do_not_follow_the_alphabet():
    idents = [f"alumno{i:04}" for i in range(2000)]
    nombres = pseudonyms(idents, CLAVE_FIJA)
    assert len(set(nombres.values())) == 2000
    orden = [ident for ident, _ in sorted(nombres.items(), key=lambda par: par[1])]
    assert orden != idents and orden != idents[::-1]
    # Quien iba antes en la lista va antes por seudónimo la mitad de las veces, como al azar.
    antes = sum(nombres[a] < nombres[b] for a, b in zip(idents, idents[1:], strict=False))
    assert 900 < antes < 1100


def test_a_pseudonym_stays_when_the_class_grows_and_changes_with_the_key():
    antes = pseudonyms(["ana", "luis"], CLAVE_FIJA)
    despues = pseudonyms(["zoe", "luis", "bea", "ana"], CLAVE_FIJA)
    assert antes.items() <= despues.items()
    assert pseudonyms(["ana", "luis"], b"otra") != antes


def test_the_key_is_secret_and_is_made_once(vacio):
    clave = secret_key(vacio)
    assert len(clave) == 32 and secret_key(vacio) == clave
    assert stat.S_IMODE((vacio.entregas / CLAVE).stat().st_mode) == 0o600


def test_nothing_in_the_anonymous_report_is_of_anyone(treinta):
    for alumno, entrega in thirty().items():
        entrega.hallazgos = tuple((*h[:3], f"Frase de {alumno}.") for h in entrega.hallazgos)
    (treinta.submitted / "alumno00" / "99_nada").mkdir(parents=True)
    texto = read(write_report(treinta, anonimo=True))
    for alumno, entrega in thirty().items():
        for suyo in (alumno, *entrega.persona.values()):
            assert suyo not in texto
    for de_persona in ("tardó demasiado", "Lo de siempre", "12,5", "99_nada", "tarde.", "@"):
        assert de_persona not in texto.replace("@media", "")
    con_nombres = read(write_report(treinta))
    assert "Nombre7 Apellido7" in con_nombres and "alumno27" in con_nombres
    assert "Tu código tardó demasiado" in con_nombres and "99_nada" in con_nombres


def test_a_group_of_fewer_than_three_is_not_counted(treinta):
    pagina = write_report(treinta, anonimo=True)[0].read_text(encoding="utf-8")
    assert '<td class="n">6</td>' in pagina  # kernel girado
    assert "También, en menos de 3 entregas cada uno:" in pagina
    assert "Promedia los productos en vez de sumarlos." in pagina
    assert "Demasiado tiempo" not in pagina  # solo es una persona
    assert '<td class="n">2</td>' not in pagina.split("Cada estudiante")[0].split("comunes")[1]


@pytest.mark.parametrize(("n", "texto"), [(0, "0"), (1, "menos de 3"), (2, "menos de 3"), (3, "3")])
def test_small_counts(n, texto):
    assert few(n) == texto


def test_in_a_tiny_class_there_are_no_rows_of_people(vacio):
    fill(vacio, {f"a{i}": Entrega(persona=person(i)) for i in range(4)})
    pagina = write_report(vacio, anonimo=True)[0].read_text(encoding="utf-8")
    assert "diría de quién es cada una" in pagina and "Los mismos números" not in pagina


def test_the_anonymous_rows_are_in_the_order_of_their_pseudonyms(treinta):
    csv = write_report(treinta, anonimo=True)[1].read_text(encoding="utf-8").splitlines()
    assert csv[0] == "unidad,estudiante,ejercicio,prueba,puntos,máximo"
    suyos = list(dict.fromkeys(linea.split(",")[1] for linea in csv[1:]))
    assert len(suyos) == 30 and suyos == sorted(suyos)


def test_the_same_pseudonym_in_every_unit(vacio):
    shutil.copytree(vacio.solutions / "02_deslizar", vacio.solutions / "03_otra")
    clase = {f"a{i}": failing("promedio") for i in range(8)}
    fill(vacio, clase)
    fill(vacio, clase, "03_otra")
    csv = write_report(vacio, anonimo=True)[1].read_text(encoding="utf-8").splitlines()[1:]
    por_unidad = {}
    for linea in csv:
        unidad, quien, *_ = linea.split(",")
        por_unidad.setdefault(unidad, set()).add(quien)
    assert por_unidad["02_deslizar"] == por_unidad["03_otra"] and len(por_unidad) == 2
