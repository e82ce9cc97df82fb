#pragma once

#include "queue/options.hpp"

#include <string_view>

namespace crier::queue {

/// By what the server says, else by the address's extension, else by how the text begins; what is nothing
/// else is CSV. Throws sdk::Error where it is a web page.
[[nodiscard]] Format recognised(std::string_view text, std::string_view content_type,
                                std::string_view address);

} // namespace crier::queue
