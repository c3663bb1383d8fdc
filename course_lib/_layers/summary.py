"""La tabla de un modelo: qué forma sale de cada capa, cuánto pesa, cuánto cuesta y cuánto ve."""

TITLES = ("Capa", "Salida", "Parámetros", "MACs", "Campo receptivo")


def table(model):
    """Escribe la tabla de un modelo ya construido."""
    if model.input_shape is None:
        raise RuntimeError(
            "El modelo aún no tiene formas: dependen de la entrada. Créalo con input_shape=(alto, "
            "ancho, canales) o llama antes a build o a predict."
        )
    rows, seen = [TITLES], ((1, 1), (1, 1))
    for layer in model.layers:
        seen = _grown(seen, layer._window())
        rows.append(_row(layer, seen))
    total = sum(layer._macs() for layer in model.layers)
    rows.append(("Total", "", _grouped(model.count_params()), _grouped(total), ""))
    return _aligned(rows, f"Entrada {_by(model.input_shape)}")


def _row(layer, seen):
    activation = layer.steps()[-1]
    extra = "" if activation is layer else f" + {type(activation).__name__}"
    return (
        f"{layer.name} ({type(layer).__name__}{extra})",
        _by(layer.output_shape),
        _grouped(layer.count_params()),
        _grouped(layer._macs()),
        "toda la entrada" if seen is None else _by(seen[0]),
    )


def _grown(seen, window):
    """Campo receptivo y distancia entre píxeles vecinos después de una ventana más."""
    if seen is None or window is None:
        return None
    field, jump = seen
    spans, strides = window
    return (
        tuple(f + (span - 1) * j for f, span, j in zip(field, spans, jump, strict=True)),
        tuple(j * s for j, s in zip(jump, strides, strict=True)),
    )


def _aligned(rows, heading):
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numbers = (2, 3)
    lines = [
        "  ".join(
            text.rjust(width) if column in numbers else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    rule = "─" * max(map(len, lines))
    return "\n".join([heading, rule, lines[0], rule, *lines[1:-1], rule, lines[-1]])


def _by(lengths):
    return "×".join(map(str, lengths))


def _grouped(number):
    """Separa los millares con un espacio, como recomienda la RAE."""
    return f"{number:,}".replace(",", " ")
