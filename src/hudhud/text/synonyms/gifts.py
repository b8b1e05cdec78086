"""What flowers, gifts and things for sport are called."""

from __future__ import annotations

GIFTS = """
ورد زهور ازهار ورود نوار flowers flower fleurs : زهرة نوارة
باقة بوكيه بوكي باقات bouquet bouquets
هدية هدايا كادو جفت كادوه gift present cadeau
تغليف تلفيف wrapping wrap emballage
مزهرية فازة فاز vase vases
نبتة نبات شتلة نباتات شتلات plant plants plante
شمعة شموع شمعات شمع candle candles bougie
برواز كادر براويز frame cadre : : اطار
لوحة تابلوه طابلو لوحات painting tableau
ميدالية ميداليات keychain
زواج زفاف فرح عرس أفراح أعراس wedding
مناسبة مناسبات حفلة حفلات أفراح عزيمة عزومة events party occasion
سهرة سهرات سواريه سواري evening
رياضي سبور سبورت تراكسوت ترينج ترينق ترينينغ sport sports tracksuit joggers
رياضي جم جيم نادي تمرين gym workout
دمبل دمبلز اثقال dumbbell dumbbells halteres
تريدميل treadmill
مضرب راكيت مضارب racket raquette
مسبح بيسين مسابح pool piscine
خيمة كيطون خيم tent tente
سنارة صنارة سنانير hameçons
"""
