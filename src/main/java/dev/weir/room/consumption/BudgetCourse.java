package dev.weir.room.consumption;

import dev.weir.budget.BurnDown.Point;
import dev.weir.budget.Forecast;
import dev.weir.budget.Standing;
import dev.weir.budget.Window;
import java.util.List;

/**
 * A budget in the course of its period.
 *
 * @param stretch that the points lie in
 * @param points how much was charged, the oldest first; empty when that is not known yet
 */
public record BudgetCourse(Standing standing, Window stretch, List<Point> points, Forecast forecast) {}
