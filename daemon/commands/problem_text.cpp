#include "commands/problem_text.hpp"

#include "sys/printable.hpp"

namespace crier::commands {

std::string problem_text(config::Problem problem) {
    for (std::string* part : {&problem.file, &problem.key, &problem.message, &problem.hint})
        *part = sys::printable(*part);
    return config::format(problem);
}

} // namespace crier::commands
