#pragma once

#include "directory/neighbours.hpp"
#include "kit/written.hpp"
#include "sdk/crier_plugin.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::directory {

/// Which files beside a picture say what of it.
class Sidecars {
public:
    /// Throws sdk::Error.
    explicit Sidecars(const sdk::Settings& settings);

    /// What the files beside this picture say of it. False: it is no item, for one of them is an item itself
    /// that shows pictures, or a draft.
    [[nodiscard]] bool read(const File& picture, std::vector<kit::Written>& fields, sdk::Sink& sink) const;

    /// Whether this text says something of a picture beside it.
    [[nodiscard]] bool is_one(const File& text) const;

private:
    using Rule = std::pair<std::string_view, std::string>; ///< field and pattern

    std::vector<Rule> rules_;
};

} // namespace crier::directory
