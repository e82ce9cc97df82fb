#include "commands/whole_path.hpp"

#include <filesystem>
#include <system_error>

namespace crier::commands {

std::string whole_path(const std::string& path) {
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(path, error);
    return error ? path : whole.lexically_normal().string();
}

std::string real_path(const std::string& path) {
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(path, error);
    return error ? whole_path(path) : real.string();
}

} // namespace crier::commands
