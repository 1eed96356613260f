#pragma once
// Readline's headers use FILE without including it.
#include <stdio.h>
#include <readline/readline.h>
#include <readline/history.h>

// Readline's variables are mutable globals, which Swift 6 does not let anyone touch: these functions are the door.

static inline char *siam_rl_line(void) { return rl_line_buffer; }
static inline int siam_rl_point(void) { return rl_point; }
static inline void siam_rl_set_point(int point) { rl_point = point; }
static inline int siam_rl_end(void) { return rl_end; }

/// The program waits on the keyboard itself and handles its own signals: Readline installs no handlers.
static inline void siam_rl_leave_signals_alone(void) {
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
}

static inline void siam_rl_set_program_name(const char *name) { rl_readline_name = name; }
static inline void siam_rl_set_output(int to_standard_error) { rl_outstream = to_standard_error ? stderr : stdout; }
static inline void siam_rl_write(const char *text) { fputs(text, rl_outstream); }
static inline void siam_rl_flush(void) { fflush(rl_outstream); }

static inline void siam_rl_set_redisplay(void (*function)(void)) { rl_redisplay_function = function; }
/// Whether the line stands behind its own prompt, with nothing marked in it: no search, no count, no list.
static inline int siam_rl_shows_line_alone(void) {
  return !RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_SEARCH | RL_STATE_NUMERICARG) && rl_display_prompt == rl_prompt
    && !rl_mark_active_p();
}
