#include "sandbox/api/call.hpp"

namespace crier::sandbox {

std::string Call::language() const {
    if (auto asked = params.text("lang"); asked && !asked->empty())
        return *asked;
    if (!world.settings.language.empty())
        return world.settings.language;
    const std::string_view accepted = request.header("Accept-Language");
    return accepted.empty() ? "en" : std::string{accepted.substr(0, accepted.find_first_of(",;"))};
}

} // namespace crier::sandbox
