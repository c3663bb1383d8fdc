"""Dos errores en un mismo código: los cambios de los dos, si no se pisan."""

import time

import pytest

from course_lib.grading.catalog import Exercise
from course_lib.grading.diagnosis.merging import Merger, edits, limited, merge, words

tamano = Exercise("tamano")


@tamano.is_reference
def bien(n, k, p=0, s=1):
    """El tamaño del mapa."""
    total = n + 2 * p - k  # lo que sobra
    return total // s + 1


@tamano.misconception("una-vez", "Padding una vez", hint="¿Y el otro lado?")
def una_vez(n, k, p=0, s=1):
    sobra = n + p - k
    return sobra // s + 1


@tamano.misconception("sin-uno", "Sin + 1", hint="¿Y la primera?")
def sin_uno(n, k, p=0, s=1):
    total = n + 2 * p - k
    return total // s


@tamano.misconception("dos-mas", "Dos de más", hint="¿Cuántas caben?")
def dos_mas(n, k, p=0, s=1):
    total = n + 2 * p - k
    return total // s + 3


@tamano.misconception("contar", "Cuenta y no para a tiempo", hint="¿Cuándo para?")
def contar(n, k, p=0, s=1):
    total = 0
    while total < n:
        total += s
    return total


def test_two_changes_in_different_places_are_both_made():
    juntas = Merger(tamano).function("una-vez", "sin-uno")
    assert [juntas(9, 3, 2, 2), juntas(7, 2)] == [(9 + 2 - 3) // 2, 5]


def test_two_changes_in_the_same_place_are_none():
    assert Merger(tamano).function("sin-uno", "dos-mas") is None


def test_a_loop_that_may_not_end_is_never_merged():
    assert Merger(tamano).function("una-vez", "contar") is None


def test_words_leave_out_the_comments_and_make_the_code_again():
    base = words(bien)
    assert "sobra" not in base and "total" in base
    espacio = {}
    exec(merge(base, [], edits(base, words(sin_uno))), espacio)
    assert espacio["respuesta"](9, 3, 2, 2) == sin_uno(9, 3, 2, 2)


def test_what_takes_too_long_gives_up():
    def forever():
        while True:
            pass

    inicio = time.monotonic()
    with pytest.raises(TimeoutError):
        limited(forever)()
    assert time.monotonic() - inicio < 3
    assert limited(bien)(9, 3) == 7
