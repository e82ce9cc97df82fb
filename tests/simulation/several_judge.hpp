#pragma once

#include "simulation/several_world.hpp"

#include <map>
#include <string>

namespace crier::sim {

/// What the servers have, held against what the database says and what was to be posted.
class SeveralJudge {
public:
    explicit SeveralJudge(Several& world)
        : world_(world) {}

    void judge();

private:
    void wrong(std::size_t account, const std::string& what);
    void published_once(std::size_t account);
    void rows_are_true(std::size_t account);
    void pauses_were_kept(std::size_t account);
    void all_was_accepted(std::size_t account);
    void feed_was_accepted(std::size_t feed, std::size_t account);

    Several& world_;
    std::map<std::string, const Post*> rows_; ///< of the account at hand, by the first word of their text
};

} // namespace crier::sim
