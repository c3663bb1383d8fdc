"""La página del informe: completa, inerte, sin nada de fuera y clara cuando falta algo."""

import csv
import re
import shutil
from datetime import date
from html.parser import HTMLParser

import pytest
from clase_ficticia import CONV, UNIDAD, Entrega, failing, fill, person

from course_lib.grading.report.page import render
from course_lib.grading.report.write import available, write_report

HOSTIL = "<script>alert(1)</script>"
VACIAS = {"meta", "img", "br", "hr", "link"}


class Tags(HTMLParser):
    """Las etiquetas de una página, el texto de sus celdas y si todo se cierra."""

    def __init__(self, pagina):
        super().__init__()
        self.vistas, self.abiertas, self.filas = [], [], []
        self.feed(pagina)
        assert self.abiertas == []

    def handle_starttag(self, nombre, atributos):
        self.vistas.append((nombre, dict(atributos)))
        if nombre not in VACIAS:
            self.abiertas.append(nombre)
        if nombre == "tr":
            self.filas.append([])
        elif nombre in ("td", "th"):
            self.filas[-1].append("")

    def handle_endtag(self, nombre):
        assert self.abiertas.pop() == nombre

    def handle_data(self, texto):
        if {"td", "th"} & set(self.abiertas):
            self.filas[-1][-1] += texto


def page(curso, *argumentos, **opciones):
    return write_report(curso, *argumentos, **opciones)[0].read_text(encoding="utf-8")


def rows(pagina):
    return {fila[0].strip(): [x.strip() for x in fila[1:]] for fila in Tags(pagina).filas if fila}


# --- lo que dice ---


def test_the_numbers_are_those_of_the_class(treinta):
    pagina = page(treinta)
    cifras = re.findall(r"<dt>(.*?)</dt><dd>(.*?)<?(?:/dd| <small)", pagina)
    assert dict(cifras)["Entregas"] == "30" and dict(cifras)["Entregadas tarde"] == "2"
    assert dict(cifras)["Llegan a 5"] == "16"
    tabla = rows(pagina)
    assert tabla["de 9 a 10"] == ["15"] and tabla["de 8 a menos de 9"] == ["1"]
    assert tabla["de 2 a menos de 3"] == ["13"] and tabla["de 0 a menos de 1"] == ["1"]
    assert tabla["Nombre29 Apellido29"][-1] == "8,5 / 10"


def test_mistakes_have_who_and_a_hint(treinta):
    tabla = rows(page(treinta))
    (girado,) = [fila for que, fila in tabla.items() if que.startswith("Gira el kernel 180°")]
    assert girado[0] == "6" and girado[1].startswith("Nombre15 Apellido15, Nombre16")
    (suyo,) = [que for que in tabla if que.startswith("Gira el kernel 180°")]
    assert "Pista: En redes neuronales el kernel no se gira." in suyo and "1 junto con otro" in suyo
    assert tabla["Demasiado tiempo"] == ["1", "Nombre27 Apellido27"]


def test_submissions_with_trouble_say_why(treinta):
    pagina = page(treinta)
    assert "Entregada 1 día y 6 horas tarde." in pagina
    assert "Entregada 2 horas tarde: se le restan 1,5 puntos." in pagina
    assert "conv2d_valid: Tu código tardó demasiado." in pagina
    assert rows(pagina)["Nombre27 Apellido27"] == ["12,5"]  # la más lenta


def test_what_could_not_be_graded_is_there(treinta):
    (treinta.submitted / "luis" / UNIDAD).mkdir(parents=True)
    assert "Falta ejercicios.ipynb" in rows(page(treinta))[f"luis/{UNIDAD}"][0]


def test_who_has_not_submitted_is_named_once_it_is_known(treinta):
    with treinta.gradebook() as libro:
        libro.update_or_create_student("ausente", first_name="Olga", last_name="Sanz")
        libro.db.commit()
    pagina = page(treinta)
    assert "Sin entregar: 1 estudiante" in pagina and "Olga Sanz" in pagina
    assert "<dd>30 <small>de 31</small>" in pagina
    assert "Olga" not in page(treinta, anonimo=True)


def test_difficulty_and_discrimination_are_in_the_table(vacio):
    clase = {f"a{i:02}": Entrega(tuple(CONV) if i < 6 else ()) for i in range(12)}
    pagina = page(fill(vacio, clase))
    tabla = rows(pagina)
    (tamano,) = [fila for que, fila in tabla.items() if "tamaño" in que and que.startswith("conv")]
    assert tamano == ["0,5", "1", ""]
    (cuadrada,) = [fila for que, fila in tabla.items() if "· cuadrada" in que]
    assert cuadrada == ["1", "no se puede", "Todo el mundo la supera: no distingue a nadie."]
    assert "<code>suma_ponderada</code>: cuadrada, otras formas." in pagina


@pytest.mark.parametrize("n", [1, 9])
def test_with_few_students_it_says_so(vacio, n):
    pagina = page(fill(vacio, {f"a{i}": failing("promedio") for i in range(n)}))
    assert f"Con {n} estudiante" in pagina and "hacen falta al menos 10" in pagina
    assert 'class="aviso"' not in pagina


def test_a_gradebook_of_before_has_no_times(vacio):
    pagina = page(fill(vacio, {"ana": Entrega(segundos=None)}))
    assert "se calificó con una versión anterior" in pagina
    assert "Ninguna entrega coincide con un error típico" in pagina


# --- cuando falta algo ---


def test_an_empty_gradebook(vacio):
    with pytest.raises(
        ValueError, match="ninguna entrega calificada en el libro de notas.*make gr"
    ):
        write_report(vacio)
    assert not (vacio.entregas / "informes").exists()


def test_a_unit_without_submissions(treinta):
    shutil.copytree(treinta.solutions / UNIDAD, treinta.solutions / "03_otra")
    with pytest.raises(ValueError, match="ninguna entrega calificada de la unidad «03_otra»"):
        write_report(treinta, "03_otra")
    assert [d.name for d in available(treinta)] == [UNIDAD]
    with pytest.raises(ValueError, match="No existe la unidad «x»"):
        write_report(treinta, "x")


@pytest.mark.parametrize("salida", ["informe.pdf", "carpeta"])
def test_the_page_ends_in_html(treinta, tmp_path, salida):
    (tmp_path / "carpeta").mkdir()
    with pytest.raises(ValueError, match=r"no acaba en \.html"):
        write_report(treinta, salida=tmp_path / salida)


def test_it_goes_where_it_is_told(treinta, tmp_path):
    destino = tmp_path / "nueva" / "clase.html"
    assert write_report(treinta, salida=destino) == (destino, destino.with_suffix(".csv"))
    assert destino.exists() and destino.with_suffix(".csv").exists()
    nombres = {write_report(treinta, u, anonimo=a)[0].name for u in (None, UNIDAD) for a in (0, 1)}
    assert nombres == {
        *("informe.html", "informe-anonimo.html"),
        *("informe-02_deslizar.html", "informe-02_deslizar-anonimo.html"),
    }


# --- la página ---


@pytest.mark.parametrize("anonimo", [False, True])
def test_it_needs_nothing_from_outside(treinta, anonimo):
    pagina = page(treinta, anonimo=anonimo)
    vistas = Tags(pagina).vistas
    assert not {"script", "link", "iframe", "object", "form"} & {nombre for nombre, _ in vistas}
    for nombre, atributos in vistas:
        assert nombre != "img" or atributos["src"].startswith("data:image/svg+xml;base64,")
        assert nombre != "a" or atributos["href"].startswith("#")
        assert not [a for a in atributos if a.startswith("on")]
    assert "url(" not in pagina and "@import" not in pagina
    assert len(pagina) < 1_000_000


def test_every_figure_has_a_description_and_a_table(treinta):
    vistas = Tags(page(treinta)).vistas
    textos = [atributos["alt"] for nombre, atributos in vistas if nombre == "img"]
    assert len(textos) == 4 and all(len(t) > 60 and "tabla" in t for t in textos)
    assert sum(nombre == "table" for nombre, _ in vistas) >= 4
    ids = [a["id"] for _, a in vistas if "id" in a]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("donde", ["id", "nombre", "frase", "error"])
def test_nothing_written_by_others_is_active(vacio, donde):
    clase = {
        HOSTIL if donde == "id" else "ana": failing(
            HOSTIL if donde == "error" else "promedio",
            "excepcion" if donde == "frase" else "error",
            HOSTIL if donde == "frase" else "x",
            persona={
                "first_name": HOSTIL + "$x^2" if donde == "nombre" else "",
                "last_name": "" if donde == "id" else "'\"",
            },
        )
    }
    clase["luis"] = failing("promedio")
    pagina = page(fill(vacio, clase))
    assert "<script" not in pagina
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pagina


def test_the_same_class_gives_the_same_bytes(treinta):
    unidades = available(treinta)
    una, otra = (render(treinta, unidades, hoy=date(2026, 3, 20)) for _ in range(2))
    assert una == otra and "20 de marzo de 2026" in una


def test_a_class_of_two_hundred(vacio):
    clase = {f"a{i:03}": failing("promedio", persona=person(i)) for i in range(100)}
    clase |= {f"b{i:03}": Entrega(persona=person(i)) for i in range(100)}
    pagina = page(fill(vacio, clase))
    assert len(pagina) < 2_000_000 and rows(pagina)["de 9 a 10"] == ["100"]


# --- el CSV ---


def test_the_csv_has_one_row_per_student_and_test(treinta):
    with write_report(treinta)[1].open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    assert len(filas) == 30 * 8
    una = next(f for f in filas if (f["estudiante"], f["prueba"]) == ("alumno26", CONV[0]))
    assert una == {
        **{"unidad": UNIDAD, "estudiante": "alumno26", "ejercicio": "conv2d_valid"},
        **{"nombre": "Nombre26", "apellidos": "Apellido26", "prueba": CONV[0]},
        **{"puntos": "0.0", "máximo": "2.0", "tropiezo": "par", "frase": "Lo de siempre."},
        "errores": "kernel-girado-180+tamano-sin-mas-uno",
    }
    assert sum(float(f["puntos"]) for f in filas if f["estudiante"] == "alumno00") == 10


def test_a_formula_in_a_name_stays_text(vacio):
    persona = {"first_name": "=cmd|' /C calc'!A0", "last_name": "Ñ, «x»\n2"}
    ruta = write_report(fill(vacio, {"@ana": Entrega(persona=persona)}))[1]
    with ruta.open(encoding="utf-8", newline="") as archivo:
        fila = next(csv.DictReader(archivo))
    assert fila["nombre"] == "'=cmd|' /C calc'!A0" and fila["apellidos"] == "Ñ, «x»\n2"
    assert fila["estudiante"] == "'@ana"
