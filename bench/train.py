"""Entrenar la misma red con los mismos lotes aquí y en PyTorch: ¿la misma pérdida, y a qué precio?

    python bench/train.py    # solo la tabla; `make bench` la guarda en bench/README.md

Mide el tiempo de CPU del proceso, en un núcleo y con un solo hilo, alternando tandas de épocas de
cada uno: la carga de la máquina afecta a todos por igual. Necesita PyTorch, que el curso no usa.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from sklearn.datasets import load_digits

from course_lib.layers import Adam, Conv2D, Dense, Flatten, MaxPool2D, Sequential, to_pytorch

BATCH, RATE, EPOCHS, ROUNDS = 32, 0.001, 3, 12


def main():
    """Escribe la tabla y falla si las pérdidas no coinciden."""
    try:
        import torch
    except ImportError:
        print("Falta PyTorch, con el que se compara. Instálalo con: `pip install torch`.")
        return
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    torch.set_num_threads(1)
    digits = load_digits()
    x, y = (digits.images[..., None] / 16).astype(np.float32), digits.target
    model = our_net()
    rivals = {
        "PyTorch": torch_net(torch, model),
        "PyTorch, Adam fused": torch_net(torch, model, True),
    }
    print("\n".join(report(*race(torch, model, rivals, x, y), torch.__version__)))


def our_net():
    """conv-relu-pool-conv-relu-pool-densa."""
    return Sequential(
        [
            Conv2D(16, 3, padding="same", activation="relu"),
            MaxPool2D(),
            Conv2D(32, 3, padding="same", activation="relu"),
            MaxPool2D(),
            Flatten(),
            Dense(10),
        ],
        input_shape=(8, 8, 1),
    )


def torch_net(torch, model, fused=False):
    """La misma red, con los mismos pesos, y su optimizador."""
    nn = torch.nn
    net = nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(128, 10)),
    )
    net.load_state_dict({k: torch.from_numpy(v) for k, v in to_pytorch(model).items()})
    return net, torch.optim.Adam(net.parameters(), RATE, fused=fused)


def race(torch, model, rivals, x, y):
    """Alterna tandas; de cada una, segundos de CPU por época y pérdidas de cada lote."""
    optimizer, ours, theirs = Adam(RATE), [], {name: [] for name in rivals}
    tensors = torch.from_numpy(x.transpose(0, 3, 1, 2).copy()), torch.from_numpy(y)
    for seed in range(ROUNDS):
        options = {"epochs": EPOCHS, "batch_size": BATCH, "optimizer": optimizer, "seed": seed}
        ours.append(timed(lambda o=options: model.fit(x, y, **o, progress=False).batch_loss))
        for name, rival in rivals.items():
            theirs[name].append(timed(lambda r=rival, s=seed: torch_epochs(torch, *r, *tensors, s)))
    return ours, theirs


def torch_epochs(torch, net, optimizer, x, y, seed):
    """Las mismas épocas que `fit`, con los mismos lotes."""
    losses, rng = [], np.random.default_rng(seed)
    for _ in range(EPOCHS):
        for batch in torch.from_numpy(rng.permutation(len(x))).split(BATCH):
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(net(x[batch]), y[batch])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


def timed(run):
    start = time.process_time()
    losses = run()
    return (time.process_time() - start) / EPOCHS, np.array(losses)


def report(ours, theirs, version):
    """Líneas de la tabla: mediana de las tandas, sin la primera, que carga bibliotecas."""
    mine = [seconds for seconds, _ in ours[1:]]
    yield (
        "conv-relu-pool-conv-relu-pool-densa con Adam: CPU de una época de 1797 dígitos, en lotes "
        f"de {BATCH} y con un hilo; PyTorch {version}."
    )
    yield from ("", "| | ms por época | course_lib / él |", "|---|--:|--:|")
    yield f"| course_lib | {1000 * statistics.median(mine):.1f} | |"
    difference = 0
    for name, rounds in theirs.items():
        seconds = [s for s, _ in rounds[1:]]
        ratio = statistics.median(a / b for a, b in zip(mine, seconds, strict=True))
        yield f"| {name} | {1000 * statistics.median(seconds):.1f} | {ratio:.2f} |"
        difference = max(difference, *np.abs(ours[0][1] / rounds[0][1] - 1))
    batches = len(ours[0][1])
    yield ""
    yield f"Las pérdidas de los {batches} primeros lotes difieren en {difference:.1e}, relativo."
    if difference > 1e-4:
        sys.exit("Las pérdidas no coinciden: se esperaba 1e-4 como mucho.")


if __name__ == "__main__":
    main()
