// Writes each garbage collection of a thread to a ring in shared memory, out of V8's own callbacks: nothing of
// JavaScript runs, and the event loop is not asked. Why it is made this way: docs/decisions/gc.md.
#define NAPI_VERSION 8
// For RTLD_DEFAULT.
#define _GNU_SOURCE
#include "collections.h"
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

// V8's embedder API has no C side. These are its functions under the names that C++ gives them, which are the same
// in Node.js 20 to 26; a method takes its object as the first argument. Node.js uses them for its own observers.
typedef void (*gc_callback)(void *isolate, int type, int flags, void *data);
typedef void *(*current_isolate)(void);
typedef void (*add_callback)(void *isolate, gc_callback callback, void *data, int types);
typedef void (*remove_callback)(void *isolate, gc_callback callback, void *data);
typedef void (*make_statistics)(void *statistics);
typedef void (*read_statistics)(void *isolate, void *statistics);

#define CALLBACK "EPFvPS0_NS_6GCTypeENS_15GCCallbackFlagsEPvES4_"
#define ALL_TYPES 31

// Of what V8 tells of the heap, sizes in bytes one after the other, the size of what is used is the fifth.
#define USED_HEAP_SIZE 4
// It was 14 of them so far.
#define MOST_STATISTICS 64

// Collections that run within others: callbacks for objects that are gone may need memory, too.
#define MOST_OPEN 8

// The ring: this, and then a slot for each collection.
typedef struct {
  _Atomic int32_t written, taken;
  // Those for which there was no slot: how many, and from when to when.
  double lost, lost_from, lost_to;
  double unused[4];
} ring_head;
_Static_assert(sizeof(ring_head) == RING_HEAD_DOUBLES * sizeof(double), "ring_head");
typedef struct {
  double start, end, type_and_flags, used_before, used_after;
} collection;
_Static_assert(sizeof(collection) == RING_SLOT_DOUBLES * sizeof(double), "collection");

typedef struct {
  void *isolate;
  ring_head *head;
  collection *slots;
  uint32_t slot_mask;
  clock_of clock;
  read_statistics read_statistics;
  make_statistics make_statistics;
  remove_callback remove_begin, remove_end;
  int depth;
  struct {
    int type;
    double start, used;
  } open[MOST_OPEN];
} watch;

static double now(const watch *of) {
  return ((double)of->clock.read() - of->clock.origin) / of->clock.unit;
}

static double used_heap(const watch *of) {
  size_t statistics[MOST_STATISTICS] = {0};
  of->make_statistics(statistics);
  of->read_statistics(of->isolate, statistics);
  return (double)statistics[USED_HEAP_SIZE];
}

static void on_begin(void *isolate, int type, int flags, void *data) {
  (void)isolate, (void)flags;
  watch *of = data;
  if (of->depth < MOST_OPEN) {
    of->open[of->depth].type = type;
    of->open[of->depth].used = used_heap(of);
    of->open[of->depth].start = now(of);
  }
  of->depth++;
}

static void on_end(void *isolate, int type, int flags, void *data) {
  (void)isolate;
  watch *of = data;
  double end = now(of);
  // It began before it was watched.
  if (of->depth == 0) return;
  of->depth--;
  if (of->depth >= MOST_OPEN || of->open[of->depth].type != type) return;
  double start = of->open[of->depth].start;
  ring_head *head = of->head;
  int32_t written = atomic_load_explicit(&head->written, memory_order_relaxed);
  uint32_t waiting = (uint32_t)written - (uint32_t)atomic_load(&head->taken);
  if (waiting > of->slot_mask) {
    if (head->lost++ == 0) head->lost_from = start;
    head->lost_to = end;
    return;
  }
  collection *slot = &of->slots[(uint32_t)written & of->slot_mask];
  *slot = (collection){start, end, type + 256.0 * flags, of->open[of->depth].used, used_heap(of)};
  atomic_store(&head->written, (int32_t)((uint32_t)written + 1));
}

// The thread ends.
static void stop(void *data) {
  watch *of = data;
  of->remove_begin(of->isolate, on_begin, of);
  of->remove_end(of->isolate, on_end, of);
  free(of);
}

bool watch_collections(napi_env env, napi_value keep, void *memory, uint32_t slots, clock_of clock) {
  current_isolate current = (current_isolate)dlsym(RTLD_DEFAULT, "_ZN2v87Isolate10GetCurrentEv");
  add_callback add_begin = (add_callback)dlsym(RTLD_DEFAULT, "_ZN2v87Isolate21AddGCPrologueCallback" CALLBACK "S2_");
  add_callback add_end = (add_callback)dlsym(RTLD_DEFAULT, "_ZN2v87Isolate21AddGCEpilogueCallback" CALLBACK "S2_");
  watch found = {
      .head = memory,
      .slots = (collection *)((ring_head *)memory + 1),
      .slot_mask = slots - 1,
      .clock = clock,
      .make_statistics = (make_statistics)dlsym(RTLD_DEFAULT, "_ZN2v814HeapStatisticsC1Ev"),
      .read_statistics = (read_statistics)dlsym(RTLD_DEFAULT, "_ZN2v87Isolate17GetHeapStatisticsEPNS_14HeapStatisticsE"),
      .remove_begin = (remove_callback)dlsym(RTLD_DEFAULT, "_ZN2v87Isolate24RemoveGCPrologueCallback" CALLBACK),
      .remove_end = (remove_callback)dlsym(RTLD_DEFAULT, "_ZN2v87Isolate24RemoveGCEpilogueCallback" CALLBACK),
  };
  if (!current || !add_begin || !add_end || !found.make_statistics || !found.read_statistics) return false;
  if (!found.remove_begin || !found.remove_end) return false;
  watch *of = malloc(sizeof found);
  napi_ref reference;
  if (of == NULL) return false;
  *of = found;
  of->isolate = current();
  // The memory lives as long as the thread.
  if (napi_create_reference(env, keep, 1, &reference) != napi_ok ||
      napi_add_env_cleanup_hook(env, stop, of) != napi_ok) {
    free(of);
    return false;
  }
  add_begin(of->isolate, on_begin, of, ALL_TYPES);
  add_end(of->isolate, on_end, of, ALL_TYPES);
  return true;
}
