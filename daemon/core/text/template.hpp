#pragma once

#include "core/digest.hpp"
#include "core/failure.hpp"
#include "core/schedule/zone/zone.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// Text templates: literal text with `{{ name | filter('argument') }}` and `{{ function('argument') }}` in
/// it. Docs: docs/TEMPLATES.md.
namespace crier::text {

/// A moment with the zone in which it is shown.
struct Moment {
    Instant when{};
    schedule::Zone zone;
};

/// What a name stands for.
using Value = std::variant<std::monostate, std::string, std::vector<std::string>, Moment, std::int64_t>;

/// What a text is made for. In the same one a template renders to the same text, always: in a preview, in the
/// daemon, after a restart.
struct RenderContext {
    Moment now;                ///< what functions count from; its zone says where days begin
    Digest seed;               ///< what the functions by chance go by
    std::string_view language; ///< ISO 639, "en", "de", ...: of the names of months and days, and of numbers
};

/// How a piece of the result may be treated when the whole is too long.
enum class PieceKind {
    literal, ///< stands in the template: kept
    prose,   ///< a title, summary, content: may be shortened at a word's end
    fixed,   ///< a link, a hashtag, a date, a number: kept whole
};

struct Piece {
    PieceKind kind = PieceKind::literal;
    std::string text;
};

/// A compiled template. Cheap to copy (shared, immutable); an empty one renders to nothing.
class Template {
public:
    Template() = default;

    /// The failure says the column (from 1) of what is wrong in `source`, what, and the nearest known name.
    /// `names` are the variables that may stand in it.
    struct Problem {
        std::size_t offset = 0; ///< byte in `source`
        std::string message;
        std::string hint;
    };
    [[nodiscard]] static boost::system::result<Template, Problem>
    parse(std::string source, const std::vector<std::string>& names);

    [[nodiscard]] const std::string& source() const noexcept;
    [[nodiscard]] bool empty() const noexcept;
    /// They read the same.
    friend bool operator==(const Template& a, const Template& b) noexcept { return a.source() == b.source(); }

    /// Whether it has the variable.
    [[nodiscard]] bool mentions(std::string_view name) const noexcept;

    using Lookup = std::function<Value(std::string_view name)>;

    /// Renders, piece by piece. Never fails: a missing value renders as nothing.
    [[nodiscard]] std::vector<Piece> render(const Lookup& lookup, const RenderContext& context) const;
    /// The same in one string.
    [[nodiscard]] std::string render_text(const Lookup& lookup, const RenderContext& context) const;

private:
    struct Program;
    std::shared_ptr<const Program> program_;
};

/// What value() of a failed parse() throws.
[[noreturn]] inline void throw_exception_from_error(const Template::Problem& problem,
                                                    const boost::source_location&) {
    throw FailureError(Failure{Cause::config, problem.message, problem.hint});
}

} // namespace crier::text
