#pragma once

#include "core/failure.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::admin {

/// The field that is wrong, and what it must be.
[[nodiscard]] Failure wrong_field(std::string_view name, std::string_view expected);

/// The name that nobody knows, with the nearest one that is known.
[[nodiscard]] Failure unknown_name(std::string_view what, std::string_view name,
                                   const std::vector<std::string_view>& known);

/// Reads the fields of a request's object one by one. The first that is wrong is kept for done(), which also
/// refuses what no reader asked for: a misspelt "visibility" must not become a public post, nor a "for" that
/// is a number a pause without end. A field that is null counts as absent.
///
/// Ownership: the object outlives it.
class Fields {
public:
    explicit Fields(const boost::json::object& object)
        : object_(object) {}

    [[nodiscard]] std::string text(std::string_view name); ///< empty when absent
    [[nodiscard]] std::optional<std::string> text_if_given(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> whole(std::string_view name); ///< a number without a fraction
    [[nodiscard]] std::optional<bool> flag(std::string_view name);
    [[nodiscard]] const boost::json::array* list(std::string_view name, std::string_view expected);
    [[nodiscard]] const boost::json::object* object(std::string_view name, std::string_view expected);

    /// A field that the caller reads by itself.
    void know(std::string_view name) { (void)find(name); }

    /// A value of the right type that makes no sense.
    void refuse(Failure failure);
    void refuse(std::string_view name, std::string_view expected) { refuse(wrong_field(name, expected)); }

    [[nodiscard]] Result<> done();

private:
    const boost::json::value* find(std::string_view name);

    const boost::json::object& object_;
    std::vector<std::string_view> known_;
    std::optional<Failure> failure_;
};

} // namespace crier::admin
