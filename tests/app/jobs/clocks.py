"""A process whose clock is wrong: all that it asks of the machine's time of day is shifted, whoever asks."""

import shutil
import subprocess
from pathlib import Path

import pytest

# Everything of Python and of libpq that reads the time of day goes through these.
_SHIFTED = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long shift(void) { const char *s = getenv("SHIFTED_SECONDS"); return s ? atol(s) : 0; }

int clock_gettime(clockid_t id, struct timespec *at) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int done = real(id, at);
  if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE) at->tv_sec += shift();
  return done;
}

int gettimeofday(struct timeval *at, void *zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}
"""


def shifting_library(folder: Path) -> Path:
    """A library to load before all others, with SHIFTED_SECONDS beside it."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler here: clocks cannot be shifted")
    source, library = folder / "shifted.c", folder / "shifted.so"
    source.write_text(_SHIFTED)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)  # noqa: S603 # our words
    return library
