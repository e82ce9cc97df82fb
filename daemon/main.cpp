#include "commands/cli.hpp"
#include "sys/environment.hpp"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    try {
        const crier::sys::Environment environment = crier::sys::Environment::capture();
        const int code = crier::commands::cli(argc, argv, environment, std::cout, std::cerr);
        // A full disk or a closed pipe behind standard output must not look like success.
        std::cout.flush();
        if (std::cout || code != 0)
            return code;
        std::cerr
            << "crier: standard output does not take what was to be printed: a full disk, a closed pipe?\n";
        return 1;
    } catch (const std::exception& error) {
        std::cerr << "crier: " << error.what() << "\n    hint: this is a fault of crier: please report it\n";
        return 1;
    }
}
