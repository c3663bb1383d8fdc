# Capas Convolucionales. `make ayuda` explica cada orden.
PYTHON ?= python3
BIN := .venv/bin
LISTO := .venv/listo

.DEFAULT_GOAL := ayuda
.PHONY: ayuda help lab test bench release site grade report export matrix pins clean

ayuda help: ## Muestra esta ayuda
	@echo "Órdenes (la primera vez preparan el entorno en .venv):"
	@grep -hE '^[a-z]+( [a-z]+)*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+)[^#]*## /\1\t/' | while IFS="$$(printf '\t')" read -r orden texto; do printf '  make %-9s %s\n' "$$orden" "$$texto"; done

$(LISTO): requirements.txt pyproject.toml instalar/entorno.py
	@$(PYTHON) instalar/entorno.py

lab: $(LISTO) ## Abre JupyterLab en español en la primera lección (LAB="--no-browser" para no abrir el navegador)
	@JUPYTER_CONFIG_PATH=jupyter PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab $(LAB)

test: $(LISTO) ## Pasa todas las pruebas (PRUEBAS="tests/test_ops.py -x" para elegir)
	@$(BIN)/python -m pytest $(PRUEBAS)

bench: $(LISTO) ## Mide la velocidad de las cuentas, los deslizadores y la calificación; tablas en bench/
	@for guion in informe widgets grading; do $(BIN)/python bench/$$guion.py || exit 1; done

release: $(LISTO) | solutions ## Genera notebooks/ y el zip del alumnado (dist/) a partir de solutions/
	@$(BIN)/curso publicar

site: $(LISTO) | solutions ## Genera el sitio: páginas que se abren y se mueven sin conexión (dist/sitio)
	@$(BIN)/curso sitio

grade: $(LISTO) | solutions ## Califica entregas/submitted/; si está vacío, con una clase de muestra (UNIT=02_deslizar STUDENT=ana)
	@$(BIN)/curso calificar $(if $(UNIT),--unidad $(UNIT)) $(if $(STUDENT),--alumno $(STUDENT))

report: $(LISTO) | solutions ## Genera el informe de la clase: una página y un CSV en entregas/informes/ (ANONIMO=1 para enseñarlo en clase)
	@$(BIN)/curso informe $(if $(UNIT),--unidad $(UNIT)) $(if $(ANONIMO),--anonimo)

export: $(LISTO) | solutions ## Genera las notas en un CSV para nbgrader, Moodle o Canvas (FORMATO=moodle)
	@$(BIN)/curso exportar $(if $(FORMATO),--formato $(FORMATO)) $(if $(UNIT),--unidad $(UNIT))

matrix: $(LISTO) | solutions ## Muestra qué prueba rechaza cada error típico
	@$(BIN)/curso matriz

pins: $(LISTO) ## Vuelve a compilar requirements.txt a partir de pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --all-extras --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.txt

solutions:
	@echo "Esta orden es para docentes: necesita el repositorio completo, con solutions/." >&2; exit 1

clean: ## Borra lo que se puede volver a generar (nunca entregas/)
	rm -rf .venv dist .pytest_cache .ruff_cache *.egg-info
