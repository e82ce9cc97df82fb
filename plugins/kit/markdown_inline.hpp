#pragma once

#include "kit/emphasis.hpp"
#include "kit/link.hpp"
#include "kit/markdown.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace crier::kit {

/// What stands in a paragraph, a heading or a list's item, as plain text. Used once.
class Inline {
public:
    Inline(std::string_view text, const References& references, std::vector<Shown>& media);

    [[nodiscard]] std::string run();

private:
    /// A [ or ![ that may become a link or a picture.
    struct Bracket {
        std::size_t out = 0;    ///< how much was put out before it
        std::size_t inside = 0; ///< where its words begin in the text
        std::size_t first_run = 0;
        bool picture = false;
    };

    void step();
    void escape();
    void code();
    void signs();
    void open_bracket(bool picture);
    void close_bracket();
    [[nodiscard]] bool target_of(const Bracket& bracket, std::size_t& behind, std::string& target) const;
    void angle();
    void entity();
    /// @mentions, #hashtags and addresses keep all signs that are in them.
    void name();
    bool address();
    void copy(std::size_t end);

    std::string_view text_;
    const References& references_;
    std::vector<Shown>& media_;
    std::size_t at_ = 0;
    std::string out_;
    std::vector<Run> runs_;
    std::vector<Bracket> brackets_;
    std::size_t no_links_below_ = 0; ///< brackets around a link: there is no link in a link
    bool open_bars_ = false;         ///< there was a _ that may begin something
    std::unordered_map<std::size_t, std::size_t> last_ticks_; ///< where a run of so many ` begins last
};

} // namespace crier::kit
