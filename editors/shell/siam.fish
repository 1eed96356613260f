function __siam_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __siam_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __siam_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __siam_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __siam_parse_tokens -S
    set -l unparsed_tokens (__siam_tokens -pc)
    switch $unparsed_tokens[1]
    case 'siam'
        __siam_parse_subcommand 0 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'e=+' 'protocol=' 'no-startup' 'no-pager' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'run'
            __siam_parse_subcommand 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'point=' 'report=' 'version' 'h/help'
        case '-'
            __siam_parse_subcommand 0 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'version' 'h/help'
        case 'test'
            __siam_parse_subcommand -r 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'tolerance=' 'version' 'h/help'
        case 'update'
            __siam_parse_subcommand -r 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'version' 'h/help'
        case 'check'
            __siam_parse_subcommand -r 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'version' 'h/help'
        case 'bench'
            __siam_parse_subcommand 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'e=+' 'steps=' 'version' 'h/help'
        case 'history'
            __siam_parse_subcommand -r 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'version' 'h/help'
        case 'sql'
            __siam_parse_subcommand 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'version' 'h/help'
        case 'import'
            __siam_parse_subcommand -r 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'version' 'h/help'
        case 'sweep'
            __siam_parse_subcommand 1 'db=' 'set=+' 'format=' 'profile=' 'allow-write' 'allow-run' 'q/quiet' 'slurm' 'output=' 'version' 'h/help'
        case 'jupyter'
            __siam_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'install'
                __siam_parse_subcommand 0 'sys-prefix' 'prefix=' 'python=' 'package=' 'version' 'h/help'
            case 'uninstall'
                __siam_parse_subcommand 0 'sys-prefix' 'prefix=' 'python=' 'version' 'h/help'
            end
        case 'help'
            __siam_parse_subcommand -r 1 'version'
        end
    end
end

function __siam_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __siam_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __siam_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __siam_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__siam_tokens -p)
    if test -z "$(__siam_tokens -t)"
        set -l index (count (__siam_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'siam' -f
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam"' -s 'e' -d 'Run these statements. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" protocol' -l 'protocol' -d 'Answer another program on standard input and output; `json` is the one there is.' -rfka 'json'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" no-startup' -l 'no-startup' -d 'Begin the prompt without the statements of startup.siam.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" no-pager' -l 'no-pager' -d 'Show answers longer than the screen as they are.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'run' -d 'Run a script.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa '-' -d 'Run the statements that standard input holds.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'test' -d 'Run notebooks, and compare what they answer with their `#>` lines.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'update' -d 'Run notebooks, and write what they answer into their `#>` lines.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'check' -d 'Say what is wrong with scripts, and what they would cost here, without training.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'bench' -d 'Time training steps of an experiment, and say where the time goes; nothing is recorded.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'history' -d 'The record of past runs.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'sql' -d 'Ask the history in SQL; it is opened to be read only.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'import' -d 'Add the runs of other histories to this one.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'sweep' -d 'Write the parallel loops of a script as a job array for a cluster.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'jupyter' -d 'Put Siam\'s kernel where Jupyter finds it, or take it away.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam run" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'siam\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" point' -l 'point' -d 'Run one point of the script\'s parallel loops, counted from 0, and nothing behind it.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" report' -l 'report' -d 'Write what the script says, does and answers to one file that can be handed on: .html or .md.' -rfa '(set -l exts \'html\' \'md\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam -" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" tolerance' -l 'tolerance' -d 'How far numbers may lie apart, as a share of the number.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam test" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'siam\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam test" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam update" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'siam\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam update" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam check" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'siam\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam bench" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'siam\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench"' -s 'e' -d 'Set up by these statements. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" steps' -l 'steps' -d 'How many steps to time (default: five at least, for about three seconds).' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam bench" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam history" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sql" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam import" -ge 1' -fa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" db' -l 'db' -d 'The history to write and read (default: $SIAM_DB, else Siam\'s data folder).' -rfa '(set -l exts \'sqlite\' \'sqlite3\' \'db\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep"' -l 'set' -d 'Take the script\'s first `val NAME` to be this. May be repeated.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" format' -l 'format' -d 'How tables and values are written: table, csv, json, markdown or latex.' -rfka 'table csv json markdown latex'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" profile' -l 'profile' -d 'What `use quick` means: paper, say.' -rfka ''
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" allow-write' -l 'allow-write' -d 'Let a script write files: anywhere, or with `=folder` in that folder alone. May be repeated.' -fa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" allow-run' -l 'allow-run' -d 'Let a script start gnuplot, for plots in files.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" q quiet' -l 'quiet' -s 'q' -d 'No echoes, no progress.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" slurm' -l 'slurm' -d 'A job array for Slurm.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" output' -l 'output' -d 'The folder to make (default: the script\'s name and `-sweep`).' -rfa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam sweep" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'siam\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam sweep" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam jupyter" -eq 1' -fa 'install' -d 'Write the kernel; it goes on with this very program.'
complete -c 'siam' -n '__siam_should_offer_completions_for_positional "siam jupyter" -eq 1' -fa 'uninstall' -d 'Delete the kernel.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter install" sys-prefix' -l 'sys-prefix' -d 'In the environment of the Python that runs the kernel, not in the user\'s folder.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter install" prefix' -l 'prefix' -d 'Below this folder, in share/jupyter/kernels.' -rfa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter install" python' -l 'python' -d 'The Python that runs the kernel.' -rF
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter install" package' -l 'package' -d 'Where its Python sources are, if not beside this program.' -rfa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter install" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter install" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter uninstall" sys-prefix' -l 'sys-prefix' -d 'In the environment of the Python that runs the kernel, not in the user\'s folder.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter uninstall" prefix' -l 'prefix' -d 'Below this folder, in share/jupyter/kernels.' -rfa '(__siam_complete_directories)'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter uninstall" python' -l 'python' -d 'The Python that runs the kernel.' -rF
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter uninstall" version' -l 'version' -d 'Show the version.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam jupyter uninstall" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'siam' -n '__siam_should_offer_completions_for_flags_or_options "siam help" version' -l 'version' -d 'Show the version.'
