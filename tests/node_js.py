"""Ejecuta los módulos del explorador con el Node que trae Playwright: no hay que instalar otro."""

import json
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from course_lib.widgets import esm

NODE, _ = compute_driver_executable()


def run(programa: str, datos):
    """`programa` es el cuerpo de `(datos, m) => …`, con `m` lo que exportan todos los módulos."""
    modulos = [ruta.as_uri() for ruta in sorted(esm.CARPETA.glob("*.js"))]
    fuente = f"""
        globalThis.FUENTE_DE_LA_ARITMETICA = "";
        const m = {{}};
        for (const ruta of {json.dumps(modulos)}) Object.assign(m, await import(ruta));
        let texto = "";
        for await (const trozo of process.stdin) texto += trozo;
        const hacer = (datos) => {{ {programa} }};
        process.stdout.write(JSON.stringify(hacer(JSON.parse(texto))));
    """
    orden = [NODE, "--input-type=module", "--eval", fuente]
    # De los archivos .js no hay package.json que diga que son módulos: Node lo adivina, y avisa.
    proceso = subprocess.run(
        orden,
        input=json.dumps(datos),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert proceso.returncode == 0, proceso.stderr[-3000:]
    return json.loads(proceso.stdout)


def check(fuente: str, carpeta: Path) -> str:
    """Lo que dice Node de la sintaxis de un módulo; nada, si está bien."""
    archivo = carpeta / "modulo.mjs"
    archivo.write_text(fuente, encoding="utf-8")
    return subprocess.run([NODE, "--check", str(archivo)], capture_output=True, text=True).stderr
