"""El motor de calificación: ejecuta entregas en las que no se confía y las juzga desde fuera.

    curso ──► taller (pool) ──► juez (worker, judge)  ═══ burbuja de bubblewrap ═══╗
                  │                 │  test cells       ║ plantilla (template)     ║
                  ▼                 │                   ║   └─ bifurca ─► entrega  ║
             libro (ledger)         └──── tuberías ─────╫──────────────► (pupil)   ║
                                        (frames)        ╚══════════════════════════╝

Lo de la izquierda es de confianza; lo de la derecha no ve pruebas, notas ni otras entregas, y solo
puede contestar con números, textos y arrays.
"""
