#pragma once
// What the compiler was told of the processor, as constants: Swift cannot see `-march`'s macros, and `#ifdef` can.
// Read by a target that is compiled with the same flags as the kernels, so that the two agree.

#ifdef __AVX__
#define SIAM_AVX 1
#else
#define SIAM_AVX 0
#endif
#ifdef __AVX2__
#define SIAM_AVX2 1
#else
#define SIAM_AVX2 0
#endif
#ifdef __FMA__
#define SIAM_FMA 1
#else
#define SIAM_FMA 0
#endif
#ifdef __F16C__
#define SIAM_F16C 1
#else
#define SIAM_F16C 0
#endif
#ifdef __BMI__
#define SIAM_BMI1 1
#else
#define SIAM_BMI1 0
#endif
#ifdef __BMI2__
#define SIAM_BMI2 1
#else
#define SIAM_BMI2 0
#endif
#ifdef __AVX512F__
#define SIAM_AVX512F 1
#else
#define SIAM_AVX512F 0
#endif
#ifdef __AVX512DQ__
#define SIAM_AVX512DQ 1
#else
#define SIAM_AVX512DQ 0
#endif
#ifdef __AVX512BW__
#define SIAM_AVX512BW 1
#else
#define SIAM_AVX512BW 0
#endif
#ifdef __AVX512VL__
#define SIAM_AVX512VL 1
#else
#define SIAM_AVX512VL 0
#endif
#ifdef __AVX512VBMI__
#define SIAM_AVX512VBMI 1
#else
#define SIAM_AVX512VBMI 0
#endif
#ifdef __AVX512VNNI__
#define SIAM_AVX512VNNI 1
#else
#define SIAM_AVX512VNNI 0
#endif
#ifdef __AVX512BF16__
#define SIAM_AVX512BF16 1
#else
#define SIAM_AVX512BF16 0
#endif
#ifdef __AVX512FP16__
#define SIAM_AVX512FP16 1
#else
#define SIAM_AVX512FP16 0
#endif

/// Asks for the cache line at `address`, which need not be an address of the program's.
static inline __attribute__((always_inline)) void siam_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }
/// The same of a line that will be written.
static inline __attribute__((always_inline)) void siam_prefetch_to_write(const void *address) { __builtin_prefetch(address, 1, 3); }

/// Sixteen floats: a cache line.
typedef float siam_line __attribute__((ext_vector_type(16)));
/// Writes a line past the caches; `address` is aligned to it.
static inline __attribute__((always_inline)) void siam_stream(float *address, siam_line line) {
  __builtin_nontemporal_store(line, (siam_line *)address);
}
/// Adds a line's numbers to sixteen sums in double precision.
static inline __attribute__((always_inline)) void siam_add_line(double *sums, siam_line line) {
  typedef double siam_doubles __attribute__((ext_vector_type(16), aligned(8)));
  *(siam_doubles *)sums += __builtin_convertvector(line, siam_doubles);
}
/// Makes what was streamed visible to other threads.
static inline __attribute__((always_inline)) void siam_stream_end(void) {
#ifdef __x86_64__
  __builtin_ia32_sfence();
#else
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

/// Drives the cache line at `address` out of all caches.
static inline __attribute__((always_inline)) void siam_evict(const void *address) {
#if defined(__CLFLUSHOPT__)
  __builtin_ia32_clflushopt(address);
#elif defined(__x86_64__)
  __builtin_ia32_clflush(address);
#elif defined(__aarch64__)
  __asm__ volatile("dc civac, %0" : : "r"(address) : "memory");
#endif
}
/// Waits until lines are out.
static inline __attribute__((always_inline)) void siam_evict_end(void) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
