"""Starts the programs that are measured, and asks the kernel what they cost."""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

root = pathlib.Path(__file__).resolve().parents[2]
build = root / "build" / "release"
crier = str(build / "crier")
TOKEN = "0123456789012345678901234567890123456789012"


def environment(**more):
    return {**os.environ, "MASTODON_ACCESS_TOKEN": TOKEN, **more}


@contextlib.contextmanager
def folder():
    path = tempfile.mkdtemp(prefix="crier-bench-")
    try:
        yield pathlib.Path(path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError("not within %d s: %s" % (seconds, what))
        time.sleep(0.01)


@contextlib.contextmanager
def running(command, output, **options):
    """A process that is ended with its block; what it says goes to the file."""
    with open(output, "wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **options)
    try:
        yield process
    finally:
        end(process)


def end(process):
    """In peace, or after 30 s by force; one that is stopped goes on first."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGCONT)
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def null_server(directory, *arguments):
    """A server that keeps nothing; yields its port."""
    port_file = directory / "server-port"
    command = [str(build / "crier-bench-server"), str(port_file), *arguments]
    with running(command, directory / "server.out") as process:
        until(lambda: port_file.exists() or process.poll() is not None, 10, "the null server")
        yield int(port_file.read_text())


def get(port, target):
    with urllib.request.urlopen("http://127.0.0.1:%d%s" % (port, target), timeout=10) as answer:
        return answer.read().decode()


def listens(path):
    """The file of a socket is there before somebody listens at it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as attempt:
        return attempt.connect_ex(str(path)) == 0


@contextlib.contextmanager
def daemon(directory, config, wait=60, **more):
    """crier run on this configuration, with `admin: {socket: crier.sock}`; yields its process when it is ready."""
    (directory / "crier.yaml").write_text(config)
    door = directory / "crier.sock"
    door.unlink(missing_ok=True)
    output = directory / "crier.out"
    with running([crier, "run", "--config", str(directory / "crier.yaml")], output, env=environment(**more)) as process:
        until(lambda: listens(door) or process.poll() is not None, wait, "a daemon that is ready")
        if process.poll() is not None:
            raise RuntimeError("the daemon ended with %d: %s" % (process.returncode, output.read_text()[-600:]))
        yield process


def cpu_of(pid):
    """Seconds of the processor that the process and its threads have used."""
    total = 0
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/schedstat" % (pid, task)) as stat:
            total += int(stat.read().split()[0])
    return total / 1e9


def memory_of(pid):
    """MiB that it holds."""
    with open("/proc/%d/status" % pid) as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024


def run_whole(command, **options):
    """(seconds, CPU seconds, MiB of the largest process) of a command and all that it starts. Raises with its words."""
    with tempfile.TemporaryFile() as words:
        begun = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=words, stderr=words, **options)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            words.seek(0)
            raise RuntimeError("%s ended with %d: %s" % (command[0], process.returncode,
                                                         words.read().decode(errors="replace")[-600:]))
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
