// Stores the CPU's time counter in a cell of JavaScript's. Why it is made this way: docs/decisions/clocks.md.
#define NAPI_VERSION 8
// For dladdr.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <node_api.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "collections.h"

// What process.hrtime reads.
#ifdef __APPLE__
#define MONOTONIC CLOCK_MONOTONIC_RAW
#else
#define MONOTONIC CLOCK_MONOTONIC
#endif

static inline int64_t read_monotonic(void) {
  struct timespec time;
  clock_gettime(MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// Tests define TRACER_NO_COUNTER, to have the clock of other machines.
#if defined(TRACER_NO_COUNTER) || !(defined(__x86_64__) || defined(__aarch64__))

#define COUNTER_NAME "monotonic"
#define COUNTER_NS_PER_TICK 1
#define read_counter read_monotonic
static bool is_counter_trusted(void) { return false; }

#elif defined(__x86_64__)

#include <cpuid.h>
#include <x86intrin.h>
#define COUNTER_NAME "tsc"
// It has to be measured.
#define COUNTER_NS_PER_TICK 0

static inline int64_t read_counter(void) { return (int64_t)__rdtsc(); }

#ifdef __linux__
#define CLOCK_SOURCES "/sys/devices/system/clocksource/clocksource0/"

// 1 when the list in `file` has the word "tsc", 0 when it has not, -1 when nobody says.
static int lists_tsc(const char *file) {
  char list[512], *rest = list, *word;
  FILE *stream = fopen(file, "re");
  if (stream == NULL) return -1;
  size_t length = fread(list, 1, sizeof list - 1, stream);
  fclose(stream);
  list[length] = 0;
  while ((word = strsep(&rest, " \n")) != NULL) {
    if (strcmp(word, "tsc") == 0) return 1;
  }
  return 0;
}
#endif

// The CPU promises a constant rate, also while it sleeps. That the counters of all CPUs agree is known to the
// kernel only, which no longer lists the counter once it has seen otherwise.
static bool is_counter_trusted(void) {
  unsigned int eax, ebx, ecx, edx;
  bool is_invariant = __get_cpuid(0x80000007, &eax, &ebx, &ecx, &edx) && (edx & (1u << 8)) != 0;
#ifdef __linux__
  if (lists_tsc(CLOCK_SOURCES "current_clocksource") == 1) return true;
  if (lists_tsc(CLOCK_SOURCES "available_clocksource") == 0) return false;
#endif
  return is_invariant;
}

#else

#define COUNTER_NAME "cntvct"

static inline int64_t read_counter(void) {
  int64_t ticks;
  __asm__ volatile("mrs %0, cntvct_el0" : "=r"(ticks));
  return ticks;
}

static inline double counter_ns_per_tick(void) {
  int64_t frequency;
  __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(frequency));
  return 1e9 / (double)frequency;
}
#define COUNTER_NS_PER_TICK counter_ns_per_tick()

// The architecture has one counter for all CPUs, at a constant rate.
static bool is_counter_trusted(void) { return true; }

#endif

// The reading that is tick 0, so that ticks stay below 2^53, where doubles are exact: set once a process. All other
// state lies in functions and objects of JavaScript, of which each thread has its own.
static _Atomic int64_t base;

static void set_base_once(void) {
  int64_t unset = 0;
  if (!atomic_compare_exchange_strong(&base, &unset, read_counter() - 1)) return;
  // Node unloads an addon when the last thread that loaded it ends; the next one would count from another base.
  Dl_info self;
  if (dladdr(&base, &self) != 0) dlopen(self.dli_fname, RTLD_LAZY | RTLD_NODELETE);
}

static inline int64_t read_ticks(void) {
  return read_counter() - atomic_load_explicit(&base, memory_order_relaxed);
}

// The hot path: everything but the counter itself is the way from JavaScript to here and back.
#define DEFINE_READ(name, counter)                                       \
  static napi_value name(napi_env env, napi_callback_info info) {        \
    void *cell;                                                          \
    napi_get_cb_info(env, info, NULL, NULL, NULL, &cell);                \
    *(double *)cell = (double)counter();                                 \
    return NULL;                                                         \
  }
DEFINE_READ(store_ticks, read_ticks)
DEFINE_READ(store_monotonic, read_monotonic)

// bind(cell: Float64Array): () => void
static napi_value bind_cell(napi_env env, napi_callback_info info) {
  napi_value array, read;
  size_t count = 1, length;
  void *use_counter, *cell;
  napi_typedarray_type type;
  if (napi_get_cb_info(env, info, &count, &array, NULL, &use_counter) != napi_ok ||
      napi_get_typedarray_info(env, array, &type, &length, &cell, NULL, NULL) != napi_ok ||
      type != napi_float64_array || length == 0) {
    napi_throw_type_error(env, NULL, "bind: expected a Float64Array that is not empty.");
    return NULL;
  }
  napi_callback store = use_counter != NULL ? store_ticks : store_monotonic;
  if (napi_create_function(env, "read", NAPI_AUTO_LENGTH, store, cell, &read) != napi_ok) return NULL;
  // The memory lives as long as the function that writes to it.
  const napi_property_descriptor keep = {.utf8name = "cell", .value = array, .attributes = napi_default};
  return napi_define_properties(env, read, 1, &keep) == napi_ok ? read : NULL;
}

// Every try may be interrupted; of a few, the tightest was not.
#define PAIR_TRIES 10

// pair(): [ticks, monotonicNs]
static napi_value sample_pair(napi_env env, napi_callback_info info) {
  void *use_counter;
  if (napi_get_cb_info(env, info, NULL, NULL, NULL, &use_counter) != napi_ok) return NULL;
  int64_t ticks = 0, monotonic_ns = 0, tightest = INT64_MAX;
  for (int i = 0; i < PAIR_TRIES; i++) {
    int64_t before = use_counter != NULL ? read_ticks() : read_monotonic();
    int64_t between = read_monotonic();
    int64_t width = (use_counter != NULL ? read_ticks() : read_monotonic()) - before;
    if (width >= tightest) continue;
    tightest = width;
    ticks = before + width / 2;
    monotonic_ns = between;
  }
  napi_value pair, values[2];
  if (napi_create_array_with_length(env, 2, &pair) != napi_ok ||
      napi_create_double(env, (double)ticks, &values[0]) != napi_ok ||
      napi_create_double(env, (double)monotonic_ns, &values[1]) != napi_ok ||
      napi_set_element(env, pair, 0, values[0]) != napi_ok || napi_set_element(env, pair, 1, values[1]) != napi_ok) {
    return NULL;
  }
  return pair;
}

static int64_t ticks_now(void) { return read_ticks(); }
static int64_t monotonic_now(void) { return read_monotonic(); }

// collections(ring: Float64Array, originNs?: number, nsPerTick?: number): boolean
// In ticks of the counter, or, with the last two, in those of a clock that lies so on CLOCK_MONOTONIC.
static napi_value tell_collections(napi_env env, napi_callback_info info) {
  napi_value arguments[3], is_watched;
  size_t count = 3, length;
  void *use_counter, *memory;
  napi_typedarray_type type;
  clock_of clock = {.unit = 1};
  if (napi_get_cb_info(env, info, &count, arguments, NULL, &use_counter) != napi_ok ||
      napi_get_typedarray_info(env, arguments[0], &type, &length, &memory, NULL, NULL) != napi_ok ||
      type != napi_float64_array || length < RING_HEAD_DOUBLES + RING_SLOT_DOUBLES) {
    napi_throw_type_error(env, NULL, "collections: expected a Float64Array with room for a slot.");
    return NULL;
  }
  bool has_origin = count == 3 && napi_get_value_double(env, arguments[1], &clock.origin) == napi_ok &&
                    napi_get_value_double(env, arguments[2], &clock.unit) == napi_ok;
  clock.read = use_counter != NULL && !has_origin ? ticks_now : monotonic_now;
  // A power of two, so that the number of a collection leads to its slot when it overflows, too.
  uint32_t slots = 1;
  while (RING_HEAD_DOUBLES + 2 * slots * RING_SLOT_DOUBLES <= length) slots *= 2;
  bool is = watch_collections(env, arguments[0], memory, slots, clock);
  return napi_get_boolean(env, is, &is_watched) == napi_ok ? is_watched : NULL;
}

NAPI_MODULE_INIT() {
  bool is_trusted = is_counter_trusted();
  set_base_once();
  void *use_counter = is_trusted ? env : NULL;
  napi_value source, ns_per_tick;
  if (napi_create_string_utf8(env, is_trusted ? COUNTER_NAME : "monotonic", NAPI_AUTO_LENGTH, &source) != napi_ok ||
      napi_create_double(env, is_trusted ? COUNTER_NS_PER_TICK : 1, &ns_per_tick) != napi_ok) {
    return NULL;
  }
  const napi_property_descriptor properties[] = {
      {.utf8name = "source", .value = source, .attributes = napi_enumerable},
      {.utf8name = "nsPerTick", .value = ns_per_tick, .attributes = napi_enumerable},
      {.utf8name = "bind", .method = bind_cell, .attributes = napi_enumerable, .data = use_counter},
      {.utf8name = "pair", .method = sample_pair, .attributes = napi_enumerable, .data = use_counter},
      {.utf8name = "collections", .method = tell_collections, .attributes = napi_enumerable, .data = use_counter},
  };
  return napi_define_properties(env, exports, 5, properties) == napi_ok ? exports : NULL;
}
