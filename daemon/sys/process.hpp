#pragma once

namespace crier::sys {

/// What a process that holds tokens owes its users, done once and before anything is opened: no core dump
/// and no reading of its memory by others, files for the owner alone (umask 077), standard streams that
/// exist, no inherited descriptor that a child would inherit again, and as many open files as it may have.
/// What a sandbox forbids of this stays as it is: the unit says the same.
void protect_process();

/// Whether standard output leads anywhere. Asked before protect_process(), which makes it so.
[[nodiscard]] bool has_standard_output();

/// A reader that goes is from now on an error of the write, and does not end the process in the middle of
/// what it must still do.
void outlive_readers();

} // namespace crier::sys
