"""Código activo camino de la página que abre otra persona."""

from grading.attacks.corpus import answers, attack, before

GUION = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@attack
def html_output(cuaderno):
    """Un HTML mostrado llega entero a la página."""
    before(cuaderno, f"from IPython.display import HTML, display\ndisplay(HTML({GUION!r}))")


@attack
def javascript_output(cuaderno):
    """JavaScript mostrado se ejecuta al abrir el cuaderno."""
    before(
        cuaderno, "from IPython.display import Javascript, display\ndisplay(Javascript('alert(1)'))"
    )


@attack
def vector_image(cuaderno):
    """Una imagen SVG también lleva guiones."""
    before(cuaderno, """
        from IPython.display import SVG, display
        display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'))
        """)  # fmt: skip


@attack
def false_image(cuaderno):
    """Un PNG que por dentro es un HTML, o que se sale de su atributo."""
    before(cuaderno, f"""
        import base64
        from IPython.display import display
        firma = base64.b64encode(b"\\x89PNG\\r\\n\\x1a\\n" + {GUION!r}.encode()).decode()
        display({{"image/png": firma}}, raw=True)
        display({{"image/png": '"><script>alert(1)</script>'}}, raw=True)
        display({{"image/jpeg": firma + '" onload="alert(1)'}}, raw=True)
        """)  # fmt: skip


@attack
def latex_and_widgets(cuaderno):
    """Los demás tipos que un cuaderno sabe pintar."""
    before(cuaderno, f"""
        from IPython.display import display
        for tipo in ("text/latex", "text/markdown", "application/javascript", "application/json",
                     "application/vnd.jupyter.widget-view+json", "application/pdf"):
            display({{tipo: {GUION!r}, "text/plain": {GUION!r}}}, raw=True)
        """)  # fmt: skip


@attack
def error_name(cuaderno):
    """El nombre y el texto de un error se pintan en rojo, con colores de terminal."""
    before(cuaderno, f"raise type({GUION!r}, (Exception,), {{}})({GUION!r} + '\\x1b[31m')")


@attack
def error_when_called(cuaderno):
    """El mismo error, dentro de una prueba."""
    answers(cuaderno, f"raise ValueError({GUION!r})")


@attack
def printed_html(cuaderno):
    """Texto impreso con etiquetas y cierres de etiquetas."""
    before(cuaderno, f"import sys\nprint('</pre>' + {GUION!r})\nprint({GUION!r}, file=sys.stderr)")


@attack
def active_markdown(cuaderno):
    """Una celda de texto con guiones, enlaces de javascript y marcos."""
    texto = f"{GUION}\n\n[a](javascript:alert(1))\n\n<iframe src='https://example.org'></iframe>"
    texto += "\n\n<svg onload=alert(1)>\n\n<style>@import url(https://example.org)</style>"
    for tipo in ("markdown", "raw"):
        cuaderno["cells"].append(
            {"cell_type": tipo, "metadata": {}, "source": texto, "id": f"texto-{tipo}"}
        )


@attack
def attachments(cuaderno):
    """Un adjunto de una celda de texto con otro tipo."""
    cuaderno["cells"].append(
        {"cell_type": "markdown", "metadata": {}, "id": "adjunto",
         "source": "![a](attachment:a.png)",
         "attachments": {"a.png": {"text/html": GUION, "image/svg+xml": GUION}}}
    )  # fmt: skip


@attack
def code_that_breaks_out(cuaderno):
    """El código de la respuesta cierra la etiqueta en que se pinta."""
    before(cuaderno, f"# </code></pre>{GUION}\nx = '''{GUION}'''")


@attack
def template_language(cuaderno):
    """Órdenes de la plantilla con que se hace la página."""
    before(cuaderno, "print('{{ 7 * 7 }}{% raw %}{{ config }}{% include \"/etc/passwd\" %}')")
