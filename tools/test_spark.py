"""Ask Apache Spark what ``make test`` asks Sail: a server of the client's version is started, asked and stopped.

Spark and its server live in an environment of their own, ``build/spark``, its workers in that of the program, which they run; a Java
runtime comes from the system's packages.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pyspark import __version__ as version

TESTS = ("tests/unit/engine", "tests/integration/test_engine_night.py", "tests/integration/test_engine_linkage.py")
ENVIRONMENT = Path("build/spark")
STARTED = re.compile(r"Spark Connect server started at: ([\d.]+):(\d+)")
PATIENCE = 180
"""Seconds that a server may take to start."""


def installed() -> Path:
    """Where Spark is; installed on first use."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        without_pins = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", f"pyspark[connect]=={version}"], check=True, env=without_pins)
    return python


def started(log: Path, server: subprocess.Popen[bytes]) -> str:
    """Address of the server, which chose its port itself."""
    for _ in range(PATIENCE):
        found = STARTED.search(log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return f"sc://{found[1]}:{found[2]}"
        if server.poll() is not None:
            break
        time.sleep(1)
    sys.exit(f"Spark did not start; {log} says why.")


def main() -> int:
    """Run the tests; exit code of pytest, 2 where there is no Java runtime."""
    if shutil.which("java") is None:
        sys.stderr.write("test-spark: no Java runtime, nothing ran. Install one: apt-get install openjdk-17-jre-headless\n")
        return 2
    python = installed().absolute()
    home = next((python.parents[1] / "lib").glob("python*/site-packages/pyspark"))
    log = ENVIRONMENT.absolute() / "server.log"
    environment = os.environ | {"SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    settings = ("spark.ui.enabled=false", "spark.connect.grpc.binding.address=127.0.0.1", "spark.connect.grpc.binding.port=0")
    command = [str(home / "bin" / "spark-submit"), "--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    command += ["--master", "local[2]", "--driver-memory", "2g", "--conf", "spark.sql.shuffle.partitions=2"]
    for setting in settings:
        command += ["--conf", setting]
    with log.open("wb") as told:
        server = subprocess.Popen(
            [*command, "spark-internal"], stdout=told, stderr=subprocess.STDOUT, env=environment, cwd=ENVIRONMENT, start_new_session=True
        )
    try:
        address = started(log, server)
        sys.stdout.write(f"test-spark: Apache Spark {version} at {address}\n")
        sys.stdout.flush()
        tests = [sys.executable, "-m", "pytest", *TESTS, *sys.argv[1:]]
        return subprocess.run(tests, check=False, env=os.environ | {"RECONCILE_TEST_ENGINE": address}).returncode
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
