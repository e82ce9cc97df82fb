#pragma once

#include "simulation/almanac.hpp"
#include "simulation/errands.hpp"
#include "simulation/run.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace crier::sim {

/// What came of a plan's calendar: each firing that the almanac has is in the outbox once, or there is a
/// reason for it that the world knows; nothing else is; numbers rise without a gap; what was drawn obeys its
/// order. That each row is on its server once is for the Judge.
class AgendaJudge {
public:
    explicit AgendaJudge(const Simulation& run);

    [[nodiscard]] std::vector<std::string> judge();

private:
    /// A post of the outbox, as its own words say it.
    struct Row {
        const Post* post = nullptr;
        std::int64_t counter = 0;
        std::string word;  ///< what was drawn, or which of the texts
        bool made = false; ///< not one that only says that it was missed
    };
    using Rows = std::map<Instant, Row>; ///< by what it was for
    /// The configuration had the same rule for it from one moment to the other.
    struct Reign {
        Instant from{};
        Instant to = Instant::max();
        Changes made;
    };

    void entry(Kind kind, std::size_t account);
    [[nodiscard]] Rows rows_of(Kind kind, std::size_t account);
    [[nodiscard]] std::vector<Reign> reigns_of(Kind kind) const;
    void all_were_accepted(Kind kind, const Rows& rows);
    void nothing_else_was(Kind kind, const Rows& rows);
    void leave_when_they_should(Kind kind, const Rows& rows);
    void numbers_rise(Kind kind, const Rows& rows);
    void draws_obey(Kind kind, const Rows& rows);
    void marks_are_of_posts(Kind kind, const Rows& rows);
    void shares_are_kept();
    [[nodiscard]] bool may_be_passed_over(Kind kind, Instant when, Instant by) const;
    [[nodiscard]] Instant surely_by(Kind kind, Instant when) const;
    void obstructions_of_the_run();
    void wrong(Kind kind, const std::string& what);

    const Simulation& run_;
    Almanac almanac_;
    std::vector<Errands::Span> obstructions_; ///< in which nothing can be accepted
    std::vector<std::string> wrong_;
};

} // namespace crier::sim
