#pragma once

#include "core/item.hpp"
#include "core/time.hpp"

#include <optional>
#include <vector>

namespace crier::engine {

/// Items whose time has not come: what a source said at its last good look. Nothing of them is durable, so
/// that one which is moved or taken back at its source leaves no trace; when its time comes it is taken in
/// like any other item.
class WaitingItems {
public:
    /// In the place of those from before: of `items`, which lose them, those that are due after `now`.
    void take_from(std::vector<Item>& items, Instant now);
    /// Those whose time has come; they are not waiting any more.
    [[nodiscard]] std::vector<Item> due(Instant now);
    /// They wait again: they could not be taken in.
    void put_back(std::vector<Item> items);

    [[nodiscard]] std::optional<Instant> next() const;
    [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
    [[nodiscard]] const std::vector<Item>& items() const noexcept { return items_; }

private:
    std::vector<Item> items_; ///< by due time
};

} // namespace crier::engine
