#pragma once

#include "core/failure.hpp"
#include "core/item.hpp"
#include "core/settings.hpp"

#include <memory>
#include <string>
#include <vector>

namespace crier {

/// What a filter says of an item, and in words why.
struct FilterVerdict {
    bool pass = true;
    std::string why;
};

/// A Filter ready for use: all fields of `include` must match, one match of `exclude` refuses.
///
/// Conditions are those of core/patterns.hpp, to be found in the field. `category` must be equal to one of
/// the item's, `language` to its tag or to what stands before the tag's first hyphen, and `media` to the kind
/// of one of them (image, video, audio, other), to `any` where it has some, or to `none`.
class CompiledFilter {
public:
    /// Errors: config, naming the field and the condition.
    [[nodiscard]] static Result<CompiledFilter> compile(const Filter& filter);

    [[nodiscard]] FilterVerdict judge(const Item& item) const;

private:
    struct Field;
    std::vector<std::shared_ptr<const Field>> include_;
    std::vector<std::shared_ptr<const Field>> exclude_;
};

} // namespace crier
