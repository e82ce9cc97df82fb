#include "bench/peers/python_rules.hpp"

#include "bench/peers/program.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace crier::bench {

namespace json = boost::json;

std::vector<std::optional<double>> python_costs(const std::vector<PythonRule>& rules) {
    json::array asked;
    for (const PythonRule& rule : rules) {
        json::object one;
        one["library"] = rule.library;
        one["text"] = rule.text;
        one["zone"] = rule.zone;
        asked.push_back(std::move(one));
    }
    const json::value said = run_peer("rules.py", {}, json::serialize(asked));
    std::vector<std::optional<double>> costs;
    for (const json::value& cost : said.as_array())
        costs.push_back(cost.is_null() ? std::nullopt : std::optional{cost.to_number<double>()});
    return costs;
}

} // namespace crier::bench
