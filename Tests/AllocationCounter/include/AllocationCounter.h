#pragma once

/// Counts calls of malloc on the calling thread, from one to the other: the test program's own malloc stands before the C library's.
void allocation_counter_start(void);
long allocation_counter_stop(void);
